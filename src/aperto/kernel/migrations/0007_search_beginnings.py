from django.db import migrations

from aperto.kernel.query.search.operations import beginning_index


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_sign_on")]
    operations = [beginning_index()]
