"""What is counted in a clause (`sense.py`): its words, what the word lists say of them, and how it stands.

Features that begin with "!" say nothing of one word: they count in the other clauses of the sentence too.
"""

from collections.abc import Iterable, Iterator

WHO = "!who"  # a name, a number or an address: which one is no matter
SOMEBODY = "@"  # the same, in a pair
DIGITS = "#"
MEANS = "%"  # a field of `meaning.py`
LONGEST = 12  # words of a clause that are told apart


def of_word(
    word: str, flags: Iterable[str], hints: Iterable[str], means: Iterable[str], *, name: bool
) -> Iterator[str]:
    """The word, its beginning, its ending, what it means; `hints`: kinds whose lists know it. `name`: it may be one."""
    if word[0].isdigit():
        yield DIGITS
        return
    length = len(word)
    if not name:
        yield "=" + word
        if length > 4:
            yield "^" + word[:4]
            yield "^" + word[:5]
            yield "~" + word[-3:]
        if length > 6:
            yield "^" + word[:7]
            yield "~" + word[-5:]
        yield from (MEANS + field for field in means)
    for kind in hints:
        yield "!hint " + kind
    yield from flags


def short(word: str) -> str:
    """The word as it counts in a pair."""
    return DIGITS if word[0].isdigit() else word[:4]


def of_place(count: int, before: str, after: str) -> tuple[str, ...]:
    """How long a clause is and what stands before and behind it: not where in the note, which may go on."""
    return (
        "!clause",
        f"!words {min(count, LONGEST) // 2}",
        "!before " + before.strip()[-1:],
        "!after " + after.strip()[:1],
    )
