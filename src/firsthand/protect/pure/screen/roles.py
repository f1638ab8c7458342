"""What a word can be in a name: a given name, a title before it, an ordinary word that only looks like
one.
"""

from functools import lru_cache

from firsthand.protect.pure.screen.fold import spellings
from firsthand.protect.pure.screen.lexicon import HERE, LANGUAGES, classes_of, lines

GIVEN, GIVEN_WORD, FAMILY, FAMILY_WORD = 1, 2, 4, 8
TITLE, DOCTOR, BESIDE, PARTICLE, ORDINARY, TOWN, FRAME, GENERAL = 16, 32, 64, 128, 256, 512, 1024, 2048
NAME = GIVEN | GIVEN_WORD | FAMILY | FAMILY_WORD
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


@lru_cache(maxsize=1)
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
