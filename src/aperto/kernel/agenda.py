"""What is still to be done, among activities: few rows, whatever was done before."""

from django.db.models import Q

from aperto.kernel.objects.declaration import ObjectType


def undone(declaration: ObjectType) -> Q:
    """The condition of activities that nobody has ended; in the words of an index of them (`<object>_open`),
    which an engine takes for no other words."""
    assert declaration.activity is not None
    ending = declaration.fields[declaration.activity.done]
    return ~Q(**{ending.key: True}) if ending.kind == "boolean" else ending.where("empty", ())
