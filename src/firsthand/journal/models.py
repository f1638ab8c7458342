from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing somebody did or looked at. Written by `journal.actions.record`; the table refuses change.

    The actor is a number, not a foreign key: journal stands below people, and an entry outlives both.
    """

    pk = models.CompositePrimaryKey("id", "at")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)  # the table of what it was done to
    object_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)  # ids and codes only, never words of a caller

    class Meta:
        managed = False
        db_table = "journal_entry"

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}"


class Closing(models.Model):
    """That old months of a table went, in their place. Written by `journal_drop_months`; the table refuses
    change. What each field says: `pure/closing.py`.
    """

    id = models.BigAutoField(primary_key=True)
    entries = models.CharField(max_length=63)
    number = models.PositiveIntegerField()
    until = models.DateTimeField()  # what was dated before it went
    at = models.DateTimeField()
    clock = models.CharField(max_length=40)
    months = models.PositiveIntegerField()
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    hash = models.BinaryField(null=True)
    gone = models.BigIntegerField()
    held = models.BigIntegerField()
    held_hash = models.BinaryField()
    seal = models.BinaryField()

    class Meta:
        managed = False
        db_table = "journal_closing"

    def __str__(self) -> str:
        return f"{self.entries} until {self.until:%Y-%m}"
