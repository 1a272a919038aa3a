"""How a person looks where no picture is: initials on a hue that stays theirs."""

import zlib

HUES = ("blue", "violet", "pink", "red", "amber", "green", "teal", "slate")


def initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[:1].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue(key: object) -> str:
    return HUES[zlib.crc32(str(key).encode()) % len(HUES)]
