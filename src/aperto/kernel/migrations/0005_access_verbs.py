"""Two verbs are new: changing in bulk and sharing. Whoever could edit records could do both until now."""

from typing import Any

from django.db import migrations


def grant(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("kernel", "Role").objects.all():
        for row in role.grants.values():
            if "edit" in row:
                row.setdefault("bulk", row["edit"])
                row.setdefault("share", row["edit"])
        role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_access_sharing")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
