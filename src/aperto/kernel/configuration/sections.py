"""All parts of a configuration, in the order of the file: what others build on comes first.

Every administered object is one, found through the registry.
"""

from aperto.kernel.configuration.organisation_section import OrganisationSection
from aperto.kernel.configuration.records_section import RecordsSection
from aperto.kernel.configuration.roles_section import RolesSection
from aperto.kernel.configuration.section import Section
from aperto.kernel.configuration.views_section import ViewsSection
from aperto.kernel.objects.registry import registry

SHAPE = ("custom_object", "custom_field", "team")
ENGINES: list[type[Section]] = []  # what engines add, as their apps become ready


def sections() -> dict[str, Section]:
    administered = [RecordsSection(each) for each in registry if each.administered]
    first = [each for key in SHAPE for each in administered if each.key == key]
    later = [each for each in administered if each.key not in SHAPE]
    ordered: list[Section] = [OrganisationSection(), *first, RolesSection(), *later, ViewsSection()]
    ordered += [each() for each in ENGINES]
    return {each.key: each for each in ordered}
