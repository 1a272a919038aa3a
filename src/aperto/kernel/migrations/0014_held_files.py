from django.db import migrations, models


class Migration(migrations.Migration):
    """What is there already counts as held: nobody knows any more which of it the history names."""

    dependencies = [("kernel", "0013_search_waiting")]

    operations = [
        migrations.AddField("storedfile", "held", models.BooleanField(default=True)),
        migrations.AlterField("storedfile", "held", models.BooleanField(default=False)),
        migrations.AddIndex(
            "storedfile",
            models.Index(
                condition=models.Q(("held", False)), fields=["created_at"], name="stored_file_unheld"
            ),
        ),
    ]
