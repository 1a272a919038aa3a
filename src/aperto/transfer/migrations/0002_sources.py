from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("transfer", "0001_imports")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="source",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
