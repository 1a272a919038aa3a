import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import aperto.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("kernel", "0024_series")]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(default=aperto.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("view", models.UUIDField(null=True)),
                ("used_until", models.FloatField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "kernel_calendar_feed"},
        ),
    ]
