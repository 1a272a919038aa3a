"""Three letters at a time: what the text indexes of both engines hold."""


def trigrams(text: str) -> set[str]:
    """All runs of three letters."""
    return {text[place : place + 3] for place in range(len(text) - 2)}


def covering(text: str) -> list[str]:
    """As few runs of three letters as cover the text. Each must be read from the index, so fewer are
    faster; whether they stand in this order is compared on the rows that have them all."""
    found = [text[place : place + 3] for place in range(0, len(text) - 2, 3)]
    if len(text) % 3 and len(text) > 3:
        found.append(text[-3:])
    return list(dict.fromkeys(found))
