"""What pipelines and stages may say: an object that goes through stages, and fields that it has."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aperto.kernel.changes.draft import Work
from aperto.kernel.objects.declaration import ObjectType
from aperto.kernel.objects.registry import registry
from aperto.kernel.pipelines import stages
from aperto.kernel.pipelines.field_keys import choosable


def check_pipeline(work: Work) -> None:
    if not work.created and work.changes("of_object") and stages_of(work.record.pk):
        work.refuse("of_object", _("A pipeline with stages stays with its object. Make a new one instead."))
    _noticed()


def check_stage(work: Work) -> None:
    """A stage names fields of its own object, and leads to stages of its own object."""
    declaration = _object_of(work)
    if work.changes("required_fields"):
        _check_fields(work, declaration)
    if work.changes("moves") or work.created:
        for ref in work.value("moves") or ():
            step = stages.find(ref.id)
            if step is not None and declaration is not None and step.of_object != declaration.key:
                work.refuse("moves", _("The stage %(stage)s is of another object.") % {"stage": step.name})
    _noticed()


def _check_fields(work: Work, declaration: ObjectType | None) -> None:
    known = {key for each in ([declaration] if declaration else ()) for key, _label in choosable(each)}
    strange = [key for key in work.value("required_fields") or () if key not in known]
    if strange:
        work.refuse(
            "required_fields", _("These are no fields of it: %(fields)s.") % {"fields": ", ".join(strange)}
        )


def _object_of(work: Work) -> ObjectType | None:
    held = work.value("pipeline")
    row: Any = (
        apps.get_model("kernel", "Pipeline")._default_manager.filter(pk=held.id).first() if held else None
    )
    return registry.get(row.of_object) if row is not None and row.of_object in registry else None


def check_leaving_stage(work: Work) -> None:
    """A stage in which records stand would take them out of sight."""
    _refuse_to_leave(work, [work.record.pk])


def check_leaving_pipeline(work: Work) -> None:
    _refuse_to_leave(work, stages_of(work.record.pk))


def _refuse_to_leave(work: Work, gone: list[UUID]) -> None:
    count = sum(holding(each, gone) for each in registry if each.path)
    if count:
        work.refuse(
            "", _("%(count)s records stand there. Move them to another stage first.") % {"count": count}
        )
    _noticed()


def stages_of(pipeline: UUID) -> list[UUID]:
    found = apps.get_model("kernel", "Stage")._default_manager.filter(pipeline=pipeline, deleted_at=None)
    return list(found.values_list("pk", flat=True))


def holding(declaration: ObjectType, steps: list[UUID]) -> int:
    """How many records stand in these stages, whoever may see them."""
    rows: Any = declaration.model.objects  # the path is known by name alone
    return int(rows.filter(**{f"{declaration.path}__in": steps}, deleted_at=None).count())


def _noticed() -> None:
    """The table of stages is read again, by this transaction and after it."""
    stages.forget()
    transaction.on_commit(stages.forget)
