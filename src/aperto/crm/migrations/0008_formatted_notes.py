"""Notes become formatted text: what was typed stays as it was typed, its lines and signs as HTML."""

from html import escape
from itertools import batched
from typing import Any

from django.db import migrations

AT_ONCE = 500


def to_markup(apps: Any, schema_editor: Any) -> None:
    notes = apps.get_model("crm", "Note")._default_manager.using(schema_editor.connection.alias)
    keys = notes.exclude(body=None).order_by("pk").values_list("pk", flat=True)
    for some in batched(list(keys), AT_ONCE, strict=False):
        rows = list(notes.filter(pk__in=some).only("pk", "body"))
        for row in rows:
            row.body = "<br>".join(escape(row.body, quote=False).split("\n"))
        notes.bulk_update(rows, ["body"])


class Migration(migrations.Migration):
    dependencies = [("crm", "0007_repeating")]

    operations = [migrations.RunPython(to_markup, migrations.RunPython.noop)]
