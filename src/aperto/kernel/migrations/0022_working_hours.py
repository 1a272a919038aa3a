from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0021_changes_by_others")]

    operations = [
        migrations.AddField("organisation", "working", models.JSONField(default=dict)),
        migrations.AddField("user", "working", models.JSONField(default=dict)),
    ]
