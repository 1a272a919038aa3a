
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crm', '0005_given_activities'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['at', 'id'], name='call_time'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['owner', 'at', 'id'], name='call_own_time'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['at', 'until', 'id'], name='meeting_time'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['owner', 'at', 'until', 'id'], name='meeting_own_time'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['due', 'id'], name='task_time'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('deleted_at__isnull', True)), fields=['owner', 'due', 'id'], name='task_own_time'),
        ),
    ]
