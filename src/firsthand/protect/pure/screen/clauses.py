"""A text as clauses: what stands between commas and ends of sentences, a lone word with its neighbour."""

from itertools import compress

from firsthand.protect.pure.screen.words import HARD

ALONE = 2  # words from which on a piece stands by itself
Clause = tuple[int, int, int]  # its first word, the word behind its last, which sentence it is of


def clauses(breaks: list[int]) -> list[Clause]:
    if not breaks:
        return []
    found: list[Clause] = []
    # The piece that is not put down yet: the next may belong to it.
    held = begin = sentence = 0
    count = len(breaks)
    for at in (*compress(range(count), breaks), count):
        hard = begin and breaks[begin] == HARD
        if begin and (hard or (at - begin >= ALONE and begin - held >= ALONE)):
            found.append((held, begin, sentence))
            held = begin
        if hard:
            sentence += 1
        begin = at
    found.append((held, begin, sentence))
    return found


def sentences(breaks: list[int]) -> list[int]:
    """Behind which word each of them ends."""
    count = len(breaks)
    return [at for at in compress(range(count), breaks) if at and breaks[at] == HARD] + [count]
