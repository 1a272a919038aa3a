from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0018_shared_limits")]

    operations = [migrations.AddField("savedview", "layout_settings", models.JSONField(default=dict))]
