from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """For a page of what is rare among many deductions. A deduction, which is what happens all day, pays nothing for it."""

    atomic = False
    dependencies = [("credits", "0006_periods_of_stripe")]
    operations = [
        AddIndexConcurrently(
            model_name="credittransaction",
            index=models.Index(
                fields=["account", "type", "-id"],
                condition=~models.Q(type="deduction"),
                name="transaction_by_type",
            ),
        ),
    ]
