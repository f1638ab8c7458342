"""What organisers and colleagues do with the front weeks: a file for each step of planning."""

from firsthand.plan.actions.weeks import EndsBeforeItStarts, HasBegun, Overlaps, call_off, change, make

__all__ = ["EndsBeforeItStarts", "HasBegun", "Overlaps", "call_off", "change", "make"]
