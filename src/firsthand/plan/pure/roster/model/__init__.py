"""The CP-SAT model of an instance, or of a part of it with the rest held as it stands."""

from firsthand.plan.pure.roster.model.build import Model
from firsthand.plan.pure.roster.model.whole import build

__all__ = ["Model", "build"]
