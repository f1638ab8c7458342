"""A long word with one letter wrong, missing, doubled or swapped is still the word.

One error leaves the beginning of the word or its middle untouched: stems are found by either.
"""

from collections.abc import Callable, Iterator


def elements(word: str, heads: Callable[[str], str], tails: Callable[[str], str]) -> Iterator[int]:
    """What the word fits but for one letter; `heads`, `tails`: rows of stems ("stem,whole,element")."""
    # The first letter is hardly ever the wrong one.
    rows = heads(word[:4]).split()
    rows += [row for at in (4, 5, 6) for row in tails(word[at : at + 4]).split() if row[0] == word[0]]
    for row in rows:
        stem, whole, element = row.split(",")
        if near(word, stem, whole=whole == "1"):
            yield int(element)


def near(word: str, stem: str, *, whole: bool) -> bool:
    """Whether the word is the stem, or begins with it, but for one letter or two that changed places."""
    at = 0
    for one, other in zip(word, stem, strict=False):
        if one != other:
            break
        at += 1
    rest, following = stem[at:], stem[at + 1 :]
    # how many letters of the word each error would leave for the stem
    if following and word[at : at + 2] == stem[at + 1 : at + 2] + stem[at : at + 1]:
        swapped = word.startswith(following[1:], at + 2) and (not whole or len(word) == len(stem))
    else:
        swapped = False
    return (
        swapped
        or (word.startswith(following, at + 1) and (not whole or len(word) == len(stem)))
        or (word.startswith(following, at) and (not whole or len(word) == len(stem) - 1))
        or (word.startswith(rest, at + 1) and (not whole or len(word) == len(stem) + 1))
    )
