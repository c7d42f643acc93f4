"""A migration that dj-stripe might ship one day: it changes what is found by looking the names of things up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("djstripe", "0003_2_11")]
    operations = [
        migrations.AlterField("customer", "id", models.CharField(max_length=300, unique=True)),  # others point to it
        migrations.AlterField(
            "charge",
            "customer",
            models.ForeignKey("djstripe.customer", models.SET_NULL, null=True, to_field="id", db_index=False),
        ),
        migrations.RemoveField("customer", "default_payment_method"),
        migrations.RenameField("charge", "livemode", "is_live"),
        migrations.AlterField("charge", "amount", models.BigIntegerField(default=0)),
        migrations.AlterUniqueTogether("idempotencykey", set()),
        migrations.AddIndex("charge", models.Index(fields=["status", "created"], name="charge_by_status")),
        migrations.DeleteModel("scheduledqueryrun"),
    ]
