"""The choices of an import as the mapping page shows them and sends them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from aperto.kernel.access.actor import Actor
from aperto.kernel.fields.base import text_of
from aperto.kernel.fields.formats.places import countries
from aperto.kernel.objects.declaration import ObjectType
from aperto.transfer.beside_targets import SLASH, targets_beside
from aperto.transfer.choices import FLAGS, MODE_LABELS, Choices, Format, Mode
from aperto.transfer.detection import DELIMITERS, ENCODINGS, Layout
from aperto.transfer.guess import Column
from aperto.transfer.proposal import DATES, NUMBERS, field_of, formats_of, matchable, usual_match
from aperto.transfer.targets import FULL_NAME, Target, targets

SHOWN = 3  # sample cells of a column
type Option = tuple[str, str, bool]  # value, words, chosen


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class MappingRow:
    """One column of the file: some of its cells, where it goes, and how its cells are written."""

    place: int
    name: str
    samples: list[str]
    target: Select
    formats: list[Select]
    used: bool


# -- reading what was sent ---------------------------------------------------------------------------


def read_layout(post: QueryDict, before: Layout) -> Layout:
    """The layout of the form; what it does not know stays."""
    encoding, delimiter = post.get("encoding", ""), post.get("delimiter", "")
    sheet = post.get("sheet", "")
    return replace(
        before,
        encoding=encoding if before.is_text and encoding in ENCODINGS else before.encoding,
        delimiter=delimiter if before.is_text and delimiter in DELIMITERS else before.delimiter,
        has_header=post.get("header", "1" if before.has_header else "") == "1",
        sheet=sheet if sheet in before.sheets else before.sheet,
    )


def read_choices(
    actor: Actor, declaration: ObjectType, columns: Sequence[Column], post: QueryDict, before: Choices
) -> Choices:
    """The choices of the form. Where two columns want one target, the one that was just changed has it."""
    known = {target.key for target in targets(actor, declaration)}
    known |= {target.key for target, _other in targets_beside(actor, declaration)}
    wanted = {column.place: post.get(f"target-{column.place}", "") for column in columns}
    mapping = _once({place: key for place, key in wanted.items() if key in known}, before.mapping)
    formats = _formats(actor, declaration, columns, post, mapping, before)
    given = {flag: post.get(flag) == "1" for flag in FLAGS}
    asked = post.get("mode", "")
    mode = Mode(asked) if asked in set(Mode) else before.mode
    return Choices(mapping, formats, _match(declaration, post, mapping, before), mode, **given)


def _once(mapping: Mapping[int, str], before: Mapping[int, str]) -> dict[int, str]:
    changed_last = sorted(mapping, key=lambda place: mapping[place] != before.get(place))
    holders = {mapping[place]: place for place in changed_last}
    return {place: key for place, key in mapping.items() if holders[key] == place}


def _match(
    declaration: ObjectType, post: QueryDict, mapping: Mapping[int, str], before: Choices
) -> tuple[str, ...]:
    """The ticked fields that still have a column; the usual ones once columns are put elsewhere."""
    if "matching" not in post or set(mapping.values()) != set(before.mapping.values()):
        kept = tuple(key for key in post.getlist("match") if key in set(mapping.values()))
        return kept or usual_match(declaration, mapping.values())
    return tuple(key for key in post.getlist("match") if key in _mapped(mapping))


def _mapped(mapping: Mapping[int, str]) -> set[str]:
    return {target.partition(".")[0] for target in mapping.values()}


def _formats(
    actor: Actor,
    declaration: ObjectType,
    columns: Sequence[Column],
    post: QueryDict,
    mapping: dict[int, str],
    before: Choices,
) -> dict[int, Format]:
    """What the form says of a column that stayed where it was; what the cells say of the others."""
    found = formats_of(actor, declaration, mapping, columns)
    for place, target in mapping.items():
        if before.mapping.get(place) == target and f"format-{place}" in post:
            said = Format(
                decimal=_among(post.get(f"decimal-{place}", ""), (".", ",")),  # type: ignore[arg-type]  # one of these
                dates=_among(post.get(f"dates-{place}", ""), ("DMY", "MDY", "YMD")),
                country=post.get(f"country-{place}", "")[:2].upper(),
            )
            found[place] = said
    return {place: each for place, each in found.items() if each != Format()}


def _among(given: str, known: Sequence[str]) -> str:
    return given if given in known else ""


# -- showing -----------------------------------------------------------------------------------------


def mapping_rows(
    actor: Actor, declaration: ObjectType, columns: Sequence[Column], choices: Choices
) -> list[MappingRow]:
    known = [(each.key, words_of(declaration, each)) for each in targets(actor, declaration)]
    for each, other in targets_beside(actor, declaration):
        label = text_of(declaration.fields[each.key.partition(SLASH)[0]].label)
        known.append((each.key, f"{label} › {words_of(other, each)}"))
    return [_row(actor, declaration, column, choices, known) for column in columns]


def _row(
    actor: Actor, declaration: ObjectType, column: Column, choices: Choices, known: Sequence[tuple[str, str]]
) -> MappingRow:
    target = choices.mapping.get(column.place, "")
    options: list[Option] = [("", _("Leave out"), not target)]
    options += [(key, words, key == target) for key, words in known]
    label = _("Where the column %(name)s goes") % {"name": column.name}
    samples = list(dict.fromkeys(cell.strip()[:60] for cell in column.filled))[:SHOWN]
    chosen = Select(f"target-{column.place}", label, options)
    return MappingRow(
        column.place,
        column.name,
        samples,
        chosen,
        _format_selects(actor, declaration, column, choices),
        bool(target),
    )


def words_of(declaration: ObjectType, target: Target) -> str:
    """ "Address: City" for a piece of a field."""
    if not target.piece:
        return text_of(target.label)
    return f"{text_of(declaration.fields[target.field].label)}: {text_of(target.label)}"


def _format_selects(actor: Actor, declaration: ObjectType, column: Column, choices: Choices) -> list[Select]:
    field = field_of(actor, declaration, choices.mapping.get(column.place, ""))
    held = choices.formats.get(column.place, Format())
    if field is None:
        return []
    usual = _("As usual for you")
    if field.kind in NUMBERS:
        marks = [("", usual), (".", _("1,234.56")), (",", _("1.234,56"))]
        return [_select(f"decimal-{column.place}", _("Numbers like"), marks, held.decimal)]
    if field.kind in DATES:
        orders = [("", usual), ("DMY", _("31/12/2026")), ("MDY", _("12/31/2026")), ("YMD", _("2026-12-31"))]
        return [_select(f"dates-{column.place}", _("Dates like"), orders, held.dates)]
    if field.kind == "phones":
        listed = [("", usual), *countries(actor.viewer.locale)]
        return [_select(f"country-{column.place}", _("Dialled in"), listed, held.country)]
    return []


def _select(name: str, label: str, listed: Sequence[tuple[str, str]], chosen: str) -> Select:
    return Select(name, label, [(value, words, value == chosen) for value, words in listed])


def layout_selects(layout: Layout) -> list[Select]:
    """How the file is written, as found out; changeable."""
    headers = [("1", _("Names of the columns")), ("", _("The first record"))]
    header = _select("header", _("The first row holds"), headers, "1" if layout.has_header else "")
    if layout.sheets:
        sheets = [(name, name) for name in layout.sheets]
        return [_select("sheet", _("Sheet"), sheets, layout.sheet), header][len(sheets) < 2 :]
    return [*_text_selects(layout), header] if layout.is_text else []


def _text_selects(layout: Layout) -> list[Select]:
    encodings = [(key, text_of(words)) for key, words in ENCODINGS.items()]
    if layout.encoding not in ENCODINGS:
        encodings.append((layout.encoding, layout.encoding))
    delimiters = [(key, text_of(words)) for key, words in DELIMITERS.items()]
    return [
        _select("encoding", _("Letters"), encodings, layout.encoding),
        _select("delimiter", _("Between columns"), delimiters, layout.delimiter),
    ]


def match_options(actor: Actor, declaration: ObjectType, choices: Choices) -> list[Option]:
    """Fields of mapped columns by which existing records can be found."""
    mapped = _mapped(choices.mapping)
    if FULL_NAME not in mapped and "last_name" in mapped:
        mapped.add(FULL_NAME)
    found = matchable(declaration, targets(actor, declaration))
    return [
        (each.key, text_of(each.label), each.key in choices.match) for each in found if each.field in mapped
    ]


def mode_options(choices: Choices) -> list[Option]:
    return [(str(mode), text_of(words), mode is choices.mode) for mode, words in MODE_LABELS.items()]


def flag_options(choices: Choices) -> list[tuple[str, str, str, bool]]:
    """(name, words, explanation, on) of what can be switched."""
    listed: list[tuple[str, str, str]] = [
        ("create_missing", _("Create what is missing"),
         _("A company or person that a cell names and that does not exist yet is made.")),
        ("lenient", _("Leave out cells that cannot be read"),
         _("Otherwise their row is refused, with the reason.")),
    ]  # fmt: skip
    if choices.mode is Mode.UPDATE:
        listed += [
            ("blanks", _("Empty cells empty the field"), _("Otherwise they leave it as it is.")),
            ("replaces", _("Lists become what the file says"),
             _("Otherwise new e-mail addresses, phone numbers and links are added to those that are there.")),
        ]  # fmt: skip
    return [(name, words, why, bool(getattr(choices, name))) for name, words, why in listed]


def hidden_flags(choices: Choices) -> list[str]:
    """Switches that are on but not shown in this mode keep their place."""
    return (
        []
        if choices.mode is Mode.UPDATE
        else [name for name in ("blanks", "replaces") if getattr(choices, name)]
    )
