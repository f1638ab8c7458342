"""What a word can be in a name: a given name, a title before it, an ordinary word that only looks like
one.
"""

from functools import lru_cache

from firsthand.protect.pure.screen.fold import spellings
from firsthand.protect.pure.screen.source import HERE, LANGUAGES, classes_of, lines

GIVEN, GIVEN_WORD, FAMILY, FAMILY_WORD = 1, 2, 4, 8
TITLE, DOCTOR, BESIDE, PARTICLE, ORDINARY, TOWN, FRAME, GENERAL = 16, 32, 64, 128, 256, 512, 1024, 2048
NAME = GIVEN | GIVEN_WORD | FAMILY | FAMILY_WORD
_FEATURES = {
    "!kin": BESIDE,
    "!ordinary": ORDINARY,
    "!frame": FRAME,
    "!general": GENERAL,
    "!title": TITLE | DOCTOR,
}
SHORTEST_STREET = 9  # letters of a street that stands without its number
_LISTS = {
    "given": GIVEN,
    "given_words": GIVEN_WORD,
    "family": FAMILY,
    "family_words": FAMILY_WORD,
    "towns": TOWN,
}
_CLASSES = {
    "title": TITLE,
    "doctor": DOCTOR,
    "kin": BESIDE,
    "beside": BESIDE,
    "particle": PARTICLE,
    "general": GENERAL,
}


def begins(flags: int) -> bool:
    """Whether a name may begin with such a word or be announced by it."""
    return bool(flags & (NAME | TITLE | DOCTOR | BESIDE))


def features(flags: int) -> list[str]:
    """What a word counts for in `sense.py` by what it can be."""
    return [name for name, role in _FEATURES.items() if flags & role]


def street(word: str) -> bool:
    """ "Bahnhofstrasse": an ending that is nothing but a street, even without a number."""
    return len(word) >= SHORTEST_STREET and word.endswith(_sure())


def road(word: str) -> str:
    """The longest ending of a street that the word has; empty if none."""
    endings = streets()["ending"]
    return next((word[-length:] for length in range(11, 1, -1) if word[-length:] in endings), "")


@lru_cache(maxsize=1)
def streets() -> dict[str, frozenset[str]]:
    """`ending:` of one-word streets, `sure:` endings that need no number, `type:` words of French and
    Italian streets, `english:`.
    """
    found: dict[str, set[str]] = {}
    for line in lines(HERE / "names" / "streets.txt"):
        kind, _, said = line.partition(":")
        found.setdefault(kind, set()).update(form for word in said.split() for form in spellings(word))
    return {kind: frozenset(said) for kind, said in found.items()}


@lru_cache(maxsize=1)
def _sure() -> tuple[str, ...]:
    return tuple(streets()["sure"])


def roles() -> dict[str, int]:
    """Every known word with its roles, as bits."""
    found: dict[str, int] = {}
    for name, role in _LISTS.items():
        for line in lines(HERE / "names" / f"{name}.txt"):
            for word in line.split():
                _add(found, word, role)
    for lang in LANGUAGES:
        classes = classes_of(lang)
        for name, role in _CLASSES.items():
            for word in classes.get(name, ()):
                _add(found, word, role)
        for file in ("ordinary", "frame"):
            for line in lines(HERE / lang / f"{file}.txt"):
                for word in line.split():
                    if "*" not in word:
                        _add(found, word, ORDINARY | FRAME if file == "frame" else ORDINARY)
    return found


def _add(found: dict[str, int], word: str, role: int) -> None:
    for form in spellings(word):
        found[form] = found.get(form, 0) | role
