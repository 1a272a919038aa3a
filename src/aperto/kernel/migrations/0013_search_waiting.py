from django.db import migrations

from aperto.kernel.query.search.operations import waiting_entries


class Migration(migrations.Migration):
    dependencies = [("kernel", "0012_field_slot")]
    operations = [waiting_entries()]
