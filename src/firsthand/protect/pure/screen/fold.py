"""Text as the screen compares it: lower case, no accents, one kind of space, dash and apostrophe.

Almost every text keeps its length under folding, so offsets are the same in both. A text with letters
written in two code points (e + ´), soft hyphens or zero-width spaces is rare and gets a map.
"""

import re
import unicodedata
from typing import NamedTuple

_SAME_LENGTH = {
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\u3000\t", " "),
    **dict.fromkeys("’‘`´ʼ′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("„“”«»‟", '"'),
    "ß": "s",
    "ẞ": "s",
    "œ": "o",
    "Œ": "o",
    "æ": "a",
    "Æ": "a",
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "ı": "i",
    "İ": "i",
    "þ": "t",
}


def _table() -> dict[int, str]:
    """Every Latin letter with an accent to the letter without it."""
    table = {ord(letter): plain for letter, plain in _SAME_LENGTH.items()}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0xFF01, 0xFF5F)]:
        plain = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if code not in table and len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


_TABLE = _table()
# The same for texts of Western letters, a byte each: many times as fast.
_BYTES = bytes(ord(_TABLE.get(code, chr(code))) for code in range(256))
_NARROW = {
    chr(code): plain
    for code, plain in _TABLE.items()
    if code > 0xFF and plain.isascii() and ord(plain) not in _TABLE
}
_WIDE = re.compile(r"[^\x00-\xff]")
_WIDE_RUN = re.compile(r"([^\x00-\xff]+)")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f]")
_SOFT_HYPHEN = "\xad"  # the only one of a byte
_DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "œ": "oe", "æ": "ae"}


class Folded(NamedTuple):
    text: str
    places: tuple[int, ...] | None  # for each letter of `text` its place in the original; None = the same

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the text as it was given, with what cannot be seen at its end."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end]


def fold(text: str) -> Folded:
    try:
        narrow = text.encode("latin-1")
    except UnicodeEncodeError:
        pass
    else:
        if _SOFT_HYPHEN not in text:
            return Folded(narrow.translate(_BYTES).decode("latin-1"), None)
    wide = set(_WIDE.findall(text))
    if _SOFT_HYPHEN not in text and not _UNSEEN.search("".join(wide)):
        return Folded(_folded(text, wide), None)
    kept = [at for at, letter in enumerate(text) if not _UNSEEN.match(letter)]
    return Folded("".join(text[at] for at in kept).translate(_TABLE), (*kept, len(text)))


def _folded(text: str, wide: set[str]) -> str:
    """`text.translate(_TABLE)`: first the few wide letters, a dash or a quote, then all others as bytes."""
    strange = False
    for letter in wide:
        if letter in _NARROW:
            text = text.replace(letter, _NARROW[letter])
        else:
            strange = True  # an arrow, a sign of money, another script: it stays between what is folded
    if not strange:
        return _western(text)
    parts = _WIDE_RUN.split(text)
    parts[::2] = map(_western, parts[::2])
    parts[1::2] = [part.translate(_TABLE) for part in parts[1::2]]
    return "".join(parts)


def _western(text: str) -> str:
    return text.encode("latin-1").translate(_BYTES).decode("latin-1")


def bare(text: str) -> str:
    """Only letters and digits, folded, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", fold(text).text))


def spellings(word: str) -> list[str]:
    """How a word of the lexicon is typed: ä as "a" (the dots forgotten, or folded) or as "ae", ß as
    "s" or "ss".
    """
    lower = word.lower()
    if lower.isascii():
        return [lower]
    plain = lower.translate(_TABLE)
    spelt = "".join(_DIGRAPHS.get(letter, letter) for letter in lower).translate(_TABLE)
    return [plain] if spelt == plain else [plain, spelt]
