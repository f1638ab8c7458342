"""Find a concern by the words a caller uses."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from firsthand.members.pure.names import fold, spellings

T = TypeVar("T")

# A word counts most in the question, then in the callers' other words, then in the answer.
WEIGHTS = (4.0, 3.0, 1.0)
# Words that stand in every question and tell nothing, in four languages; folded.
_EMPTY_WORDS = """
ich wir sie mir mich mein meine meinen meiner meinem ihr ihre der die das den dem des ein eine einen
einem einer und oder ist sind war bin hat habe haben hatte wird werden wurde kann muss will soll zu
zum zur von vom mit fuer auf aus bei nach im in am an es er was wie wo wer warum wann bis wieso
nicht kein keine noch so als auch je mon ma mes le la les un une du de et ou est suis ai a ont sont
que qui quoi quel quelle quand comment pourquoi pour sur dans avec par ne pas ce cet cette il elle
on nous vous me se en y au aux io lo gli i una uno del della dei delle di e o sono ho ha hanno che
chi cosa quale quando come perche per su con da dal non mio mia miei mie si mi ci al alla the my
your our we you to of for is are be been have has had do does did can must would should what how
where who why when until not no it this that with and or from by at
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def best(words: str, things: Sequence[T], fields: Callable[[T], Sequence[str]]) -> list[T]:
    """Those that have any of the words, best first; the order of `things` decides between equals."""
    asked = _words(words)
    scored = [
        (score(asked, [_known(field) for field in fields(thing)]), at) for at, thing in enumerate(things)
    ]
    top = max((points for points, _ in scored), default=0.0)
    good = [(points, at) for points, at in scored if points > 0 and points >= top / 3]
    return [things[at] for points, at in sorted(good, key=lambda found: (-found[0], found[1]))]


def score(asked: Sequence[str], fields: Sequence[frozenset[str]]) -> float:
    """Each word counts once, where it counts most."""
    weighed = list(zip(WEIGHTS, fields, strict=False))
    return sum(
        max((weight * _fit(word, known) for weight, field in weighed for known in field), default=0)
        for word in asked
    )


@lru_cache(maxsize=4096)
def _known(field: str) -> frozenset[str]:
    """The words of a text, an umlaut in both of its spellings."""
    return frozenset(word for form in spellings(field) for word in form.split())


def _words(text: str) -> list[str]:
    typed = list(dict.fromkeys(fold(text).split()))
    return [word for word in typed if word not in _EMPTY and len(word) > 1] or typed


def _fit(asked: str, known: str) -> float:
    """1 for the word; less for a beginning, a stem in common, or a part of a German compound."""
    if asked == known:
        return 1.0
    if len(asked) >= 3 and known.startswith(asked):
        return 0.9
    if len(asked) >= 4 and asked in known:
        return 0.7
    if len(known) >= 5 and known in asked:
        return 0.7
    stem = _shared(asked, known)
    return 0.6 if stem >= 5 and stem >= 0.7 * max(len(asked), len(known)) else 0.0


def _shared(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
