"""A text as clauses: what stands between commas and ends of sentences, a lone word with its neighbour."""

from typing import NamedTuple

from firsthand.protect.pure.screen.words import HARD, NONE

ALONE = 2  # words from which on a piece stands by itself


class Clause(NamedTuple):
    begin: int  # its first word
    behind: int  # the word behind its last
    sentence: int  # which sentence it is of


def clauses(breaks: list[int]) -> list[Clause]:
    if not breaks:
        return []
    found: list[Clause] = []
    # The piece that is not put down yet: the next may belong to it.
    held = begin = sentence = 0
    for at in [at for at, one in enumerate(breaks) if one != NONE and at] + [len(breaks)]:
        hard = begin and breaks[begin] == HARD
        if begin and (hard or (at - begin >= ALONE and begin - held >= ALONE)):
            found.append(Clause(held, begin, sentence))
            held = begin
        if hard:
            sentence += 1
        begin = at
    found.append(Clause(held, begin, sentence))
    return found
