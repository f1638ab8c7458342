"""Words by what they mean, in every language by the same fields: "verlassen", "quittée", "walked" are `leave`.

What a field weighs is learned (`sense.py`) from the words that stand in notes, and then holds for those that stand in
none. A line of `lexicon/<language>/meaning.txt` is `field: word word stem* …`; a word may be in several.
"""

from collections.abc import Mapping

from firsthand.protect.pure.screen.fold import spellings
from firsthand.protect.pure.screen.source import HERE, LANGUAGES

KEY = 4  # letters by which a word is looked up
TAIL, HEAD = 5, 3  # letters of the last word of a compound, and of what stands before it
Table = Mapping[str, str]


def tables() -> dict[str, dict[str, str]]:
    """Of each language: the first letters of a word → what begins with them and its fields, "quitte*=leave+apart"."""
    return {lang: _table(lang) for lang in LANGUAGES}


def fields(word: str, table: Table) -> list[str]:
    """What a folded word means: as it is written, as the longest stem that it begins with, or as the longest word
    that it ends with ("Sammelvertrag").
    """
    found = _begun(word, table)
    for at in () if found else range(HEAD, len(word) - TAIL + 1):
        if found := _begun(word[at:], table, whole=True):
            break
    return found


def _begun(word: str, table: Table, *, whole: bool = False) -> list[str]:
    """`whole`: not as a stem."""
    best, said = "", ""
    for row in table.get(word[:KEY], "").split():
        form, _, names = row.partition("=")
        if form == word:
            return names.split("+")
        if not whole and form.endswith("*") and word.startswith(form[:-1]) and len(form) > len(best):
            best, said = form, names
    return said.split("+") if said else []


def _table(lang: str) -> dict[str, str]:
    found: dict[str, dict[str, dict[str, None]]] = {}
    for line in (HERE / lang / "meaning.txt").read_text(encoding="utf-8").splitlines():
        field, _, said = line.partition("#")[0].partition(":")
        for word in said.split():
            star = "*" if word.endswith("*") else ""
            for form in spellings(word.rstrip("*")):
                if star and len(form) < KEY:
                    raise ValueError(f"“{word}”: a stem has {KEY} letters or more")
                found.setdefault(form[:KEY], {}).setdefault(form + star, {})[field.strip()] = None
    return {
        key: " ".join(f"{form}={'+'.join(names)}" for form, names in rows.items())
        for key, rows in found.items()
    }
