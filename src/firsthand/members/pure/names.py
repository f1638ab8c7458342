"""Names as people type them: with or without umlauts, accents, hyphens, a title, in either order."""

import re
import unicodedata

_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"}
)
_DROPPED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_SALUTATIONS = "frau herr madame monsieur mme mlle mademoiselle signora signor signore sig miss mrs mr ms"
_TITLES = frozenset([*_SALUTATIONS.split(), "dr", "prof", "med"])


def fold(text: str) -> str:
    """Lower case, ä → ae, ß → ss, other accents off, a hyphen is a space, an apostrophe nothing."""
    return _plain(_lower(text).translate(_SPELT))


def spellings(text: str) -> frozenset[str]:
    """Both ways a name with an umlaut is typed: Müller is mueller, and muller on a French keyboard."""
    return frozenset({fold(text), _plain(_lower(text))})


def sort_name(given: str, family: str) -> str:
    return fold(f"{family} {given}")


def begins(said: str) -> frozenset[str]:
    """How the first word said begins, in all its spellings: what fits begins a word of the name with one of
    them.
    """
    words = [word for word in said.split() if fold(word) and fold(word) not in _TITLES]
    return frozenset(part for form in spellings(words[0]) for part in form.split()) if words else frozenset()


def fits(said: str, given: str, family: str) -> bool:
    """Every word said begins a word of the name, in any order; of a double name one half is enough."""
    words = [word for word in said.split() if fold(word) and fold(word) not in _TITLES]
    known = {part for name in (given, family) for form in spellings(name) for part in form.split()}
    joined = {form.replace(" ", "") for name in (given, family) for form in spellings(name)}
    return bool(words) and all(_begins(word, known | joined) for word in words)


def _begins(word: str, known: set[str]) -> bool:
    halves = {part for form in spellings(word) for part in form.split() if len(part) >= 2}
    return any(name.startswith(half) for half in halves for name in known)


def _lower(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_DROPPED))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", _APOSTROPHES.sub("", bare)).split())
