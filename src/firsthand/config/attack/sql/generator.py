"""Puts attempts together: the n-th of a seed is always the same one, and no two are alike.

Each shape spans a space (targets × dresses × conditions × tokens × settings …). A number below its size names
one point of it, and a permutation of the numbers, another one for each seed, says in which order they are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import gcd, prod
from random import Random
from typing import Any

from firsthand.config.attack.sql import shapes
from firsthand.config.attack.sql.aims import Targets, Token

# How often each family comes up, out of a hundred.
FAMILIES = {
    "reading": (shapes.READING, 52),
    "leaking": (shapes.LEAKING, 15),
    "writing": (shapes.WRITING, 12),
    "becoming": (shapes.BECOMING, 12),
    "calling": (shapes.CALLING, 6),
    "beside": (shapes.BESIDE, 3),
}
DIGITS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Attempt:
    says: str
    way: str
    relation: str  # or what else it is after
    root: str  # the table behind it
    token: Token
    rows: bool  # rows of its last statement are a leak

    @property
    def sent(self) -> str:
        """Whatever the one before left goes first; one that could commit may also have left a setting."""
        return f"ROLLBACK;RESET ALL;BEGIN;{self.says}"


class Shape:
    def __init__(
        self, family: str, number: int, text: str, *, aims: Targets, tokens: Sequence[Token], seed: int
    ) -> None:
        self.family, self.number = family, number
        self.has_rows = text.startswith("~") or family in ("calling", "beside")
        self.text = text.removeprefix("~")
        self.spans: dict[str, Sequence[Any]] = {"token": given(tokens), "setting": shapes.SETTINGS}
        wanted: dict[str, Sequence[Any]] = {
            "{x}": shapes.DRESSED, "{w}": shapes.CONDITIONS, "{k}": DIGITS, "{role}": shapes.ROLES,
            "{catalogue}": aims.catalogues, "{file}": aims.files, "{extension}": shapes.EXTENSIONS,
            "{call}": aims.calls, "{sequence}": aims.sequences, "{speaks}": aims.speaks,
        }  # fmt: skip
        if any(mark in text for mark in ("{r}", "{c}", "{x}", "{w}", "{id}")):
            self.spans["target"] = aims.relations
        if "{w}" in text:
            self.spans["their"] = aims.their
        self.spans |= {name: choices for name, choices in wanted.items() if name in text}
        self.size = prod(len(choices) for choices in self.spans.values())
        chance = Random(f"{seed} {family} {number}")
        self.start = chance.randrange(self.size) if self.size else 0
        self.step = coprime(chance, self.size)
        self.used = 0

    def next(self) -> Attempt | None:
        """None: every point of the space has been tried."""
        if self.used >= self.size:
            return None
        point = (self.start + self.used * self.step) % self.size
        self.used += 1
        chosen: dict[str, Any] = {}
        for name, choices in self.spans.items():
            point, at = divmod(point, len(choices))
            chosen[name] = choices[at]
        return self._filled(chosen)

    def _filled(self, chosen: dict[str, Any]) -> Attempt:
        token, giving = chosen["token"]
        relation, column, key, root, closed = chosen.get("target", ("", "", "1", "", True))
        says = self.text
        for name, value in chosen.items():
            if name[0] == "{" and name != "{k}":
                says = says.replace(name, value)
        says = (
            says.replace("{r}", relation).replace("t.{c}", f"t.{column}").replace("{c}", column).replace("{id}", key)
            .replace("{their}", str(chosen.get("their", 0))).replace("{into}", "public.live_outbox")
            .replace("{k}", chosen.get("{k}", "0"))
        )  # fmt: skip
        aim = relation or chosen.get("{call}") or chosen.get("{catalogue}") or chosen.get("{file}") or ""
        return Attempt(
            ";".join(part for part in (chosen["setting"], giving, says) if part),
            f"{self.family} {self.number}",
            aim,
            root,
            token,
            closed and not self.has_rows,
        )


def given(tokens: Sequence[Token]) -> list[tuple[Token, str]]:
    """Each token in each way into a transaction; none at all once."""
    ways = [
        (token, way.replace("{token}", token.says)) for token in tokens for way in shapes.GIVING if token.says
    ]
    return [*((token, "") for token in tokens if not token.says), *ways]


def coprime(chance: Random, size: int) -> int:
    """A step that comes to every number below `size` before it comes back."""
    while size > 1:
        step = chance.randrange(1, size)
        if gcd(step, size) == 1:
            return step
    return 1


def sweep(targets: Targets, tokens: Sequence[Token]) -> Iterator[Attempt]:
    """What must be tried in any case, one after the other: each closed relation as it is, as each role, column
    by column and with each token, each function, each place beside the tables."""
    none = next(token for token in tokens if not token.says)
    relations = {one[0]: one for one in targets.relations}
    for relation, _, _, root, closed in relations.values():
        yield Attempt(f"SELECT * FROM {relation}", "sweep", relation, root, none, closed)
        for role in shapes.ROLES:
            says = f"SET ROLE {role};SELECT * FROM {relation}"
            yield Attempt(says, "sweep of roles", relation, root, none, closed)
    for relation, column, _, root, closed in targets.relations:  # a right may be to one column
        yield Attempt(f"SELECT {column} FROM {relation}", "sweep of columns", relation, root, none, closed)
    for relation, column, _, root, closed in relations.values():
        if root not in targets.walled:
            continue
        for token, giving in given(tokens):
            for shape in shapes.SWEPT:
                says = shape.replace("{r}", relation).replace("{c}", column)
                yield Attempt(f"{giving};{says}".strip(";"), "sweep of tokens", relation, root, token, closed)
            for opening in targets.openings:
                says = f"{giving};{opening};SELECT * FROM {relation}".strip(";")
                yield Attempt(says, "sweep of files opened for oneself", relation, root, token, closed)
    yield from sweep_beside(targets, none)


def sweep_beside(targets: Targets, none: Token) -> Iterator[Attempt]:
    """Functions, the catalogue, files; and functions that might say aloud what they are given."""
    for says in shapes.CALLED:
        for call in targets.calls:
            yield Attempt(says.replace("{call}", call), "sweep of functions", call, "", none, False)
    for catalogue in targets.catalogues:
        yield Attempt(f"SELECT s::text FROM {catalogue} s", "sweep of catalogues", catalogue, "", none, False)
    for says in shapes.READ_FILE:
        for file in targets.files:
            yield Attempt(says.replace("{file}", file), "sweep of files", file, "", none, False)
    for relation, column, _, root, _ in dict.fromkeys(
        one for one in targets.relations if one[3] in targets.walled
    ):
        for speaks in targets.speaks:
            says = f"SELECT FROM {relation} t WHERE {speaks}({column}::text)"
            yield Attempt(says, "sweep of functions that speak", relation, root, none, False)


def attempts(targets: Targets, tokens: Sequence[Token], seed: int) -> Iterator[Attempt]:
    """First the sweep, then by chance, until every space is used up. No two are alike."""
    seen: set[int] = set()
    for attempt in chain(sweep(targets, tokens), drawn(targets, tokens, seed)):
        if (print_ := hash(attempt.says)) not in seen:
            seen.add(print_)
            yield attempt


def drawn(targets: Targets, tokens: Sequence[Token], seed: int) -> Iterator[Attempt]:
    families: dict[str, list[Shape]] = {}
    for family, (texts, _) in FAMILIES.items():
        made = [
            Shape(family, n, text, aims=targets, tokens=tokens, seed=seed) for n, text in enumerate(texts)
        ]
        families[family] = [shape for shape in made if shape.size]
    chance = Random(seed)
    turns = [family for family, (_, share) in FAMILIES.items() for _ in range(share)]
    chance.shuffle(turns)
    places = dict.fromkeys(FAMILIES, 0)
    while any(families.values()):
        for turn in turns:
            family = turn if families[turn] else next((one for one in families if families[one]), "")
            if not family:
                return
            shape = families[family][places[family] % len(families[family])]
            places[family] += 1
            if (attempt := shape.next()) is None:
                families[family].remove(shape)
            else:
                yield attempt
