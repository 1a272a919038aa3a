"""How wide a column is until somebody says otherwise."""

from aperto.kernel.fields.base import Field

USUAL, LEADING, NUMBER = 168, 240, 128
NARROWEST, WIDEST = 48, 900
BY_KIND = {
    "boolean": 88,
    "rating": 120,
    "date": 120,
    "time": 96,
    "datetime": 152,
    "duration": 104,
    "select": 140,
    "stage": 144,
    "money": 136,
    "emails": 224,
    "phones": 168,
    "reference": 200,
    "multi_reference": 224,
    "address": 240,
    "long_text": 280,
    "rich_text": 280,
}


def usual_width(field: Field, leads: bool) -> int:
    if leads:
        return LEADING
    return BY_KIND.get(field.kind, NUMBER if field.numeric else USUAL)


def within_bounds(width: int) -> int:
    return max(NARROWEST, min(width, WIDEST))
