"""A text as clauses: what stands between commas and ends of sentences, a lone word with its neighbour."""

from typing import NamedTuple

from firsthand.protect.pure.screen.words import HARD, NONE

ALONE = 2  # words from which on a piece stands by itself


class Clause(NamedTuple):
    begin: int  # its first word
    behind: int  # the word behind its last
    sentence: int  # which sentence it is of


def clauses(breaks: list[int]) -> list[Clause]:
    found: list[Clause] = []
    begin = sentence = 0
    count = len(breaks)
    for at in range(1, count + 1):
        if at < count and breaks[at] == NONE:
            continue
        if breaks[begin] == HARD and begin:
            sentence += 1
        last = found[-1] if found else None
        if last and last.sentence == sentence and (at - begin < ALONE or last.behind - last.begin < ALONE):
            found[-1] = Clause(last.begin, at, sentence)
        else:
            found.append(Clause(begin, at, sentence))
        begin = at
    return found
