from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0029_presence'),
    ]

    operations = [
        migrations.AddField(
            model_name='savedview',
            name='role',
            field=models.UUIDField(null=True),
        ),
    ]
