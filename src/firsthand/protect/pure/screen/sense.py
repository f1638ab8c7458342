"""What a clause tells: nothing, or one of the kinds that people confide.

Every feature of a clause (its words, their beginnings and endings, pairs, what the word lists say of them) has
one small whole number for each kind. They are added; the highest kind against "nothing" decides: all are counted
from "nothing", which is zero. Learned on the project's own notes by `python -m tests.corpus learn`; no feature is
a sentence, a name or a number.
"""

import json
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from pathlib import Path

from firsthand.protect.pure.categories import CONFIDED, MEDICAL, Category
from firsthand.protect.pure.screen import features
from firsthand.protect.pure.screen.source import HERE

FILE = HERE / "sense.bin"
REMEMBERED = 5_000  # ways to stand between two other clauses
NOTHING = "none"
KINDS = (NOTHING, *sorted(kind.value for kind in CONFIDED | MEDICAL))
CATEGORIES = tuple(Category(kind) for kind in KINDS[1:])
LANES = {kind: lane for lane, kind in enumerate(CATEGORIES, 1)}
_COUNT = len(KINDS)
# All kinds are added at once: a number of so many lanes of 32 bits, each a little below its middle. Above the lanes
# of the clause itself stand, in as many again, those of the clauses beside it.
_LANES = struct.Struct(f"<{_COUNT}I")
_MIDDLE = 1 << 31
_BIAS = int.from_bytes(_LANES.pack(*[_MIDDLE] * _COUNT), "little")
_WIDTH = 8 * _LANES.size
_OWN = (1 << _WIDTH) - 1
TOPS = int.from_bytes(_LANES.pack(0, *[_MIDDLE] * (_COUNT - 1)), "little")
Lanes = int


def joined(row: Iterable[int], beside: Iterable[int] = ()) -> Lanes:
    """Numbers side by side in one: the sum of two such is the sums side by side."""
    own = int.from_bytes(_LANES.pack(*[_MIDDLE + one for one in row]), "little") - _BIAS
    return own + (joined(beside) << _WIDTH) if beside else own


def around(lanes: Lanes) -> Lanes:
    """What stands above: what it weighs in the other clauses of the sentence."""
    return (lanes + _BIAS) >> _WIDTH


@lru_cache(maxsize=16)
def bar(least: float) -> Lanes:
    """Added to the numbers of a clause it leaves something of `TOPS` where a kind has at least so much."""
    return int.from_bytes(_LANES.pack(0, *[_MIDDLE - ceil(least)] * (_COUNT - 1)), "little")


def parted(lanes: Lanes) -> tuple[int, ...]:
    """The numbers of the clause itself again, each more by the same."""
    return _LANES.unpack(((lanes + _BIAS) & _OWN).to_bytes(_LANES.size, "little"))


@dataclass(slots=True, eq=False)
class Weights:
    """`rows`: feature → its place in `own`. The first `around` count beside the clause as well."""

    rows: dict[str, int]
    own: bytes
    around: bytes
    scale: int  # so many make one in the logarithm of the odds
    made_of: str = ""  # a print of what they were learned from
    met: dict[str, Lanes] = field(default_factory=dict)  # features once looked up
    pairs: dict[str, dict[str, str]] = field(default_factory=dict)  # first word → second → feature
    behind: dict[str, dict[str, Lanes]] = field(default_factory=dict)  # the same, second → what both weigh
    placed: dict[tuple[int, str, str], Lanes] = field(default_factory=dict)
    heard: dict[frozenset[tuple[str, ...]], Lanes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for feature in self.rows:
            one, between, other = feature.partition(" ")
            if between and one[0] != "!":
                self.pairs.setdefault(one, {})[other] = feature

    def of(self, feature: str) -> Lanes:
        """What it weighs in its clause, and in the other clauses of the sentence."""
        known = self.met.get(feature)
        if known is None:
            known = self.met[feature] = self.together((feature,))
        return known

    def together(self, said: Iterable[str]) -> Lanes:
        places = [self.rows[one] for one in said if one in self.rows]
        return joined(_added(self.own, places), _added(self.around, places))

    def all_of(self, heard: frozenset[tuple[str, ...]]) -> Lanes:
        """What several rules count for together, each feature once."""
        known = self.heard.get(heard)
        if known is None:
            if len(self.heard) >= REMEMBERED:
                self.heard.clear()
            known = self.heard[heard] = self.together({one for rule in heard for one in rule})
        return known

    def after(self, short: str) -> dict[str, Lanes] | None:
        """What a word weighs with the one behind it."""
        known = self.behind.get(short)
        if known is None and (behind := self.pairs.get(short)):
            known = self.behind[short] = {other: self.of(feature) for other, feature in behind.items()}
        return known

    def place(self, count: int, before: str, after: str) -> Lanes:
        key = count, before, after
        known = self.placed.get(key)
        if known is None:
            if len(self.placed) >= REMEMBERED:
                self.placed.clear()
            known = self.placed[key] = self.together(features.of_place(count, before, after))
        return known


def _added(table: bytes, places: list[int]) -> list[int]:
    """For each kind, against "nothing"; empty where nothing weighs anything."""
    totals = [0] * _COUNT
    signed = memoryview(table).cast("b")
    for place in places:
        row = signed[place * _COUNT : (place + 1) * _COUNT]
        totals = [total + one for total, one in zip(totals, row, strict=False)] if row else totals
    return [one - totals[0] for one in totals]


def read(path: Path = FILE) -> Weights:
    """A line that says what it is, the features one a line, then a byte for each feature and kind."""
    head, names, table = zlib.decompress(path.read_bytes()).split(b"\n\n", 2)
    said = json.loads(head)
    if said["kinds"] != list(KINDS):
        raise ValueError(f"{path.name} is of other kinds: python -m tests.corpus learn")
    said_of = names.decode().split("\n")
    own = len(said_of) * _COUNT
    rows = {feature: at for at, feature in enumerate(said_of)}
    return Weights(rows, table[:own], table[own:], said["scale"], said["made_of"])


def write(weights: Weights, path: Path = FILE) -> None:
    head = {
        "licence": "CC0-1.0. Own work for Firsthand, learned on tests/corpus by `python -m tests.corpus learn`.",
        "kinds": KINDS,
        "scale": weights.scale,
        "made_of": weights.made_of,
    }
    names = "\n".join(weights.rows).encode()
    whole = json.dumps(head).encode() + b"\n\n" + names + b"\n\n" + weights.own + weights.around
    path.write_bytes(zlib.compress(whole, 9))
