from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0017_list_groups_and_totals")]

    operations = [
        migrations.AddField("apitoken", "used_until", models.FloatField(default=0)),
        migrations.CreateModel(
            name="CacheEntry",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "kernel_cache"},
        ),
    ]
