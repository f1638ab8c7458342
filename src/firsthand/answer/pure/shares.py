"""A part of a whole, beside its goal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    part: int
    of: int
    goal: int  # per cent
    few: bool = False  # fewer than five people stand behind it: it would be somebody's own figure

    @property
    def percent(self) -> int | None:
        """Rounded down, so that a goal that shows as reached is reached. None: nothing to divide yet, or too
        few people.
        """
        return self.part * 100 // self.of if self.of and not self.few else None

    @property
    def below(self) -> bool:
        """Under its goal: somebody should act. Nothing yet is not under it."""
        return self.percent is not None and self.percent < self.goal
