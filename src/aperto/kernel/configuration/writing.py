"""From entries to YAML: the same entries always give the same bytes."""

from collections.abc import Iterable
from typing import Any

import yaml

from aperto.kernel.configuration.document import FORMAT, Document

HEAD = """\
# The configuration of an Aperto installation: what its administrators have shaped.
# Records stand under their keys and names, never under ids; people, files and secrets are left out.
# Read it with: aperto configuration diff FILE    Apply it with: aperto configuration apply FILE
"""
WIDE = 100


class Dumper(yaml.SafeDumper):
    """Long texts as blocks, equal lists without aliases, entries set in from their section."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    if not style and value.lower() in {"y", "n"}:
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


Dumper.add_representer(str, _text)


def write(document: Document, sections: Iterable[tuple[str, str, bool]]) -> str:
    """`sections` are key, comment and whether the section is one entry, in their order."""
    blocks = [HEAD + f"aperto: {FORMAT}\n"]
    for key, comment, single in sections:
        entries = [dict(entry.values) for entry in document.of(key)]
        if entries:
            body = entries[0] if single else entries
            blocks.append(f"# {' '.join(comment.split())}\n{dump({key: body})}")
    return "\n".join(blocks)


def dump(value: Any) -> str:
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=WIDE)
