"""The installation's configuration as it is now, as entries and as a file."""

from aperto.kernel.access import organisation, people
from aperto.kernel.access.actor import Actor
from aperto.kernel.configuration import writing
from aperto.kernel.configuration.document import Document, Entry
from aperto.kernel.configuration.names import Names
from aperto.kernel.configuration.sections import sections
from aperto.kernel.pipelines import stages


def present(actor: Actor) -> tuple[Document, Names, frozenset[str]]:
    """What there is, what its addresses mean here, and which entries came with the product."""
    people.require_administrator(actor)
    stages.forget()
    organisation.forget()
    names, entries, fixed = Names(), [], set()
    for key, section in sections().items():
        for held in section.held(actor, names):
            entry = Entry(key, names.address(held.id) or "", held.values)
            entries.append(entry)
            if held.fixed:
                fixed.add(entry.id)
    return Document(tuple(entries)), names, frozenset(fixed)


def as_yaml(actor: Actor) -> str:
    document, _names, _fixed = present(actor)
    return writing.write(document, [(each.key, each.comment(), each.single) for each in sections().values()])
