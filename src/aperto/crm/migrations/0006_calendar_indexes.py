
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0005_given_activities'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['at', 'owner', 'id'], name='call_time'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['at', 'owner', 'until', 'id'], name='meeting_time'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['due', 'owner', 'id'], name='task_time'),
        ),
    ]
