"""The composer with nothing typed yet, as every record's page has it."""

import re
from dataclasses import replace
from uuid import UUID

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from aperto.kernel.query.pointers import targets
from aperto.web.records.about import writable
from aperto.web.records.composer import composer_context, defaults_of, fields_of
from aperto.web.records.reading import Shown
from aperto.web.remembering import remembered
from aperto.web.request import Request

TEMPLATE = "records/parts/composer.html"
ADDRESS, TOKEN = "\ue000", "\ue001"  # letters of nobody's language: where something is put in later
NOBODY = UUID(int=0)


def blank_composer(request: Request, record: Shown, chosen: str = "", focus: bool = False) -> SafeString:
    """The same for all records of an object but for the address and the token of its forms, so that it is
    drawn once for a day and the values that its fields begin with. Pickers show records: they are drawn anew.
    """
    offered = list(writable(record.actor, record.declaration.key))
    fields = [fields_of(each) for each in offered]
    if any(targets(each) for several in fields for each in several):
        return render_to_string(TEMPLATE, composer_context(record, chosen, None, focus), request)
    begun = repr([defaults_of(several) for several in fields])
    tab = chosen if any(each.key == chosen for each in offered) else ""
    name = ("composer", record.declaration.key, tab, focus, begun, record.actor.viewer.now().date())
    pieces = remembered(record.actor, name, lambda: _pieces(record, tab, focus))
    filled = {ADDRESS: escape(record.url), TOKEN: escape(get_token(request))}
    return SafeString("".join([filled.get(piece, piece) for piece in pieces]))


def _pieces(record: Shown, chosen: str, focus: bool) -> list[str]:
    """The composer cut where an address or a token belongs."""
    anyone = replace(record, id=NOBODY, title="", values={})
    context = composer_context(anyone, chosen, None, focus) | {"csrf_token": TOKEN}
    drawn = render_to_string(TEMPLATE, context).replace(escape(anyone.url), ADDRESS)
    return re.split(f"([{ADDRESS}{TOKEN}])", drawn)
