from django.db import migrations

from aperto.kernel.query.search.operations import search_index


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_records")]
    operations = [search_index()]
