from django.db import migrations

from aperto.kernel.query.search.operations import filled_beginnings


class Migration(migrations.Migration):
    """Entries that were stored before the index of title words was made."""

    atomic = False
    dependencies = [("kernel", "0007_search_beginnings")]
    operations = [filled_beginnings()]
