"""The organisation's settings that are not who it is: its language, country, currency and time zone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aperto.kernel.access import organisation, setup
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration.document import Values
from aperto.kernel.configuration.names import Names
from aperto.kernel.configuration.section import VIA, Held, Section, Writing
from aperto.kernel.errors import Message


class OrganisationSection(Section):
    key = "organisation"
    label = _("Organisation")
    single = True

    def comment(self) -> str:
        return "The organisation's settings, without its name."

    def fields(self) -> dict[str, Message]:
        return {
            "language": _("Language"),
            "country": _("Country"),
            "currency": _("Currency"),
            "zone": _("Time zone"),
        }

    def held(self, actor: Actor, names: Names) -> Sequence[Held]:
        row = organisation.current()
        names.put(self.key, "", setup.RECORD)
        return [Held(setup.RECORD, {key: getattr(row, key) for key in self.fields()}, fixed=True)]

    def identity(self, values: Values) -> Sequence[Any]:
        return []

    def create(self, writing: Writing, values: dict[str, Any]) -> UUID:
        self.change(writing, setup.RECORD, values)
        return setup.RECORD

    def change(self, writing: Writing, id: UUID, values: dict[str, Any]) -> None:
        said = {key: value for key, value in values.items() if value}
        setup.edit_organisation(writing.actor, said, via=VIA, batch=writing.batch)

    def remove(self, writing: Writing, id: UUID) -> None:
        """It is always there."""
