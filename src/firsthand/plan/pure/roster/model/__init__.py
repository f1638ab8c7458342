"""The CP-SAT model of an instance, or of a part of it with the rest held as it stands."""

from firsthand.plan.pure.roster.model.build import Model, build

__all__ = ["Model", "build"]
