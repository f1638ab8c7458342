from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Length, Now

from firsthand.members.models import Member
from firsthand.protect.models.purposes import Purpose

LONGEST_NOTE = 2000

models.TextField.register_lookup(Length, "length")


class Note(models.Model):
    """What is needed to solve the concern, and why it may be kept."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="notes")
    contact_id = models.BigIntegerField(
        db_index=True
    )  # protect stands below answer and does not know its tables
    purpose = models.CharField(max_length=20, choices=Purpose)
    words = models.TextField()  # screened: `protect.actions.screened`
    # What stands in it although the concern does not need it in general, and why: [{"category", "why"}].
    reasons = models.JSONField(default=list)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="note_has_a_purpose", condition=models.Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="note_is_short",
                condition=models.Q(words__length__gte=1, words__length__lte=LONGEST_NOTE),
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"

    disputed = ""  # what the member says is wrong with it; set where notes are shown

    @property
    def branch(self) -> str:
        return Purpose(self.purpose).branch
