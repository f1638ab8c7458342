from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Run(models.Model):
    """One night's retention: the dry run the night before, a yes if one was needed, and what went."""

    day = models.DateField(unique=True)  # the night in which it goes
    planned_at = models.DateTimeField(db_default=Now())
    # Set by the dry run when far more would go than usual; then nothing goes without somebody's yes.
    needs_yes = models.BooleanField(default=False)
    yes_at = models.DateTimeField(null=True)
    yes_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"retention {self.day}"

    @property
    def waits(self) -> bool:
        return self.needs_yes and self.yes_at is None


class Line(models.Model):
    """Of one run, one table and one clock: counts, never content."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    table = models.CharField(max_length=63)
    clock = models.CharField(max_length=40)
    step = models.PositiveSmallIntegerField(default=0)  # a table may have several of one clock
    cutoff = models.DateField()  # what began before this day
    planned = models.PositiveBigIntegerField()
    held = models.PositiveBigIntegerField(default=0)  # past its clock, but under a legal hold
    jumps = models.BooleanField(default=False)
    went = models.PositiveBigIntegerField(default=0)
    # How far the run has come, so that one that was killed goes on from there.
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="line_once", fields=["run", "table", "clock", "step"])]

    def __str__(self) -> str:
        return f"{self.table} {self.clock} {self.went}"
