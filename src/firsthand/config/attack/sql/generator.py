"""Puts attempts together: the n-th of a seed is always the same one, and no two are alike.

Each shape spans a space (targets × dresses × conditions × tokens × settings …). A number below its size names
one point of it, and a permutation of the numbers, another one for each seed, says in which order they are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
        self, family: str, number: int, text: str, targets: Targets, tokens: Sequence[Token], seed: int
    ) -> None:
        self.family, self.number = family, number
        self.has_rows = text.startswith("~") or family in ("calling", "beside")
        self.text = text.removeprefix("~")
        needs_target = any(mark in text for mark in ("{r}", "{c}", "{x}", "{w}", "{id}"))
        self.spans: dict[str, Sequence[Any]] = {"token": given(tokens), "setting": shapes.SETTINGS}
        wanted: dict[str, Sequence[Any]] = {
            "{x}": shapes.DRESSED, "{w}": shapes.CONDITIONS, "{k}": DIGITS, "{role}": shapes.ROLES,
            "{catalogue}": targets.catalogues, "{file}": targets.files, "{extension}": shapes.EXTENSIONS,
            "{call}": targets.calls, "{sequence}": targets.sequences,
        }  # fmt: skip
        if needs_target:
            self.spans["target"] = targets.relations
        if "{w}" in text:
            self.spans["their"] = targets.their
        self.spans |= {name: choices for name, choices in wanted.items() if name in text}
        self.size = prod(len(choices) for choices in self.spans.values())
        chance = Random(f"{seed} {family} {number}")  # noqa: S311  drawn, not secret
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


def attempts(targets: Targets, tokens: Sequence[Token], seed: int) -> Iterator[Attempt]:
    """Without end, until every space is used up."""
    families: dict[str, list[Shape]] = {}
    for family, (texts, _) in FAMILIES.items():
        made = [Shape(family, n, text, targets, tokens, seed) for n, text in enumerate(texts)]
        families[family] = [shape for shape in made if shape.size]
    chance = Random(seed)  # noqa: S311
    turns = [family for family, (_, share) in FAMILIES.items() for _ in range(share)]
    chance.shuffle(turns)
    places = dict.fromkeys(FAMILIES, 0)
    seen: set[int] = set()  # a dress without its column makes two points alike
    while any(families.values()):
        for turn in turns:
            family = turn if families[turn] else next((one for one in families if families[one]), "")
            if not family:
                return
            shape = families[family][places[family] % len(families[family])]
            places[family] += 1
            if (attempt := shape.next()) is None:
                families[family].remove(shape)
            elif (print_ := hash(attempt.says)) not in seen:
                seen.add(print_)
                yield attempt
