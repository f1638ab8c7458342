"""What the parts of a scenario's file need to know of the whole."""

from __future__ import annotations

from dataclasses import dataclass

from firsthand.plan.pure.simulation import distributions
from firsthand.plan.pure.simulation.reading import Node


@dataclass(frozen=True)
class Frame:
    unit: float
    lengths: tuple[float, ...]
    pattern: int
    days: int
    types: dict[str, int]
    groups: dict[str, int]
    shared_busyness: dict[str, tuple[int, float]]

    def by_period(self, node: Node) -> list[Node]:
        """One for all, one by period, or one by period of the repeated pattern."""
        periods = len(self.lengths)
        if isinstance(node.value, list) and len(node.value) == self.pattern < periods:
            return list(node.items()) * (periods // self.pattern)
        return node.by(periods, "periods")

    def times(self, node: Node) -> tuple[distributions.Distribution, ...]:
        return tuple(distributions.read(one) for one in self.by_period(node))
