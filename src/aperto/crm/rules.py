"""What follows from the values of customer records, and what contradicts itself."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from stdnum import exceptions, get_cc_module

from aperto.kernel import files
from aperto.kernel.access import organisation
from aperto.kernel.changes.draft import Work


def check_registration(work: Work) -> None:
    """VAT numbers are checked by the rules of their country, and kept in their compact form."""
    number = work.values.get("vat_number")
    if not number:
        return
    address = work.value("address")
    country = (getattr(address, "country", "") or organisation.current().country).lower()
    prefix = number[:2].lower()
    module = get_cc_module(prefix, "vat") if prefix.isalpha() else get_cc_module(country, "vat")
    if module is None:
        return
    try:
        compact = module.validate(number)
    except exceptions.ValidationError:
        work.refuse("vat_number", _("This is not a valid VAT number."))
    else:
        held = compact if compact[:2].lower() == prefix or not prefix.isalpha() else prefix.upper() + compact
        work.put("vat_number", held)


def note_completion(work: Work) -> None:
    if work.changes("done"):
        work.put("done_at", work.now if work.value("done") else None)


def held_when_past(work: Work) -> None:
    """A call or meeting entered afterwards was held, unless somebody says otherwise."""
    if not work.created:
        return
    moment = work.value("at")
    if moment is None:
        moment = work.now
        work.put("at", moment)
    if work.value("done") is None:
        work.put("done", moment <= work.now)


def starts_before_end(work: Work) -> None:
    start, end = work.value("at"), work.value("until")
    if start and end and end < start:
        work.refuse("until", _("The end lies before the start."))


def describe_content(work: Work) -> None:
    """A file is as large as its content, and called like it unless somebody says otherwise."""
    content = work.value("content")
    if content is None or not work.changes("content"):
        return
    stored = files.find([content.id]).get(content.id)
    if stored is not None:
        work.put("size", stored.size)
        if not work.value("name"):
            work.put("name", stored.name)
        if not content.title:
            work.put("content", replace(content, title=stored.name))


def note_conversion(work: Work) -> None:
    """A lead is converted as long as it says what became of it."""
    results = ("company", "contact", "deal")
    if any(work.changes(key) for key in results):
        done = any(work.value(key) for key in results)
        work.put("converted_at", (work.before.get("converted_at") or work.now) if done else None)
