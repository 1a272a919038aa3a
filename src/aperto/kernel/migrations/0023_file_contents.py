from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0022_working_hours")]

    operations = [
        migrations.CreateModel(
            name="FileLimits",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("largest_mb", models.PositiveIntegerField(null=True)),
                ("person_mb", models.PositiveIntegerField(null=True)),
                ("total_mb", models.PositiveIntegerField(null=True)),
                ("kinds", models.JSONField(default=list)),
            ],
            options={"db_table": "kernel_file_limits"},
        ),
        migrations.CreateModel(
            name="SearchContent",
            fields=[
                ("file", models.UUIDField(primary_key=True, serialize=False)),
                ("words", models.TextField()),
            ],
            options={"db_table": "kernel_search_content"},
        ),
        migrations.AddField("storedfile", "state", models.CharField(default="clean", max_length=10)),
        migrations.AddField("storedfile", "finding", models.CharField(default="", max_length=200)),
        migrations.AddField("storedfile", "preview", models.CharField(default="", max_length=10)),
        migrations.AddField("storedfile", "pages", models.PositiveSmallIntegerField(default=0)),
        migrations.AddIndex(
            "storedfile",
            models.Index(
                condition=models.Q(("state", "clean"), _negated=True),
                fields=["state", "created_at"],
                name="stored_file_unclean",
            ),
        ),
        migrations.AddIndex(
            "storedfile", models.Index(fields=["created_by", "size"], name="stored_file_used")
        ),
    ]
