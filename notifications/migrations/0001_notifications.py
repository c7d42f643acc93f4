from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_users"),
        ("billing", "0003_stripe"),
        ("credits", "0006_periods_of_stripe"),
    ]

    operations = [
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('welcome', 'Welcome'), ('low_balance', 'Credits run low'), ('out_of_credits', 'Out of credits'), ('payment_failed', 'Payment failed'), ('plan_ends', 'Plan ends'), ('job_done', 'Job done')], max_length=20)),
                ('occasion', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('waiting', 'to be sent'), ('sending', 'being sent'), ('sent', 'sent'), ('skipped', 'not wanted, or no longer so'), ('failed', 'given up')], db_default='waiting', max_length=8)),
                ('attempts', models.SmallIntegerField(db_default=0)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('error', models.CharField(db_default='', max_length=100)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['due_at'], name='notification_due'), models.Index(fields=['created_at'], name='notification_age')],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'occasion'), name='one_notification_an_occasion')],
            },
        ),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(),
            "DROP INDEX transaction_age, subscription_past_due, subscription_ending, profile_wants_job_mail",
        ),
    ]
