from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Member


class Purpose(models.TextChoices):
    """Why a note is kept. One note, one purpose; the whole list with its clocks comes with the purpose wall."""

    BASIC = "basic", _("Solving a concern in basic insurance")
    SUPPLEMENTARY = "supplementary", _("Solving a concern in supplementary insurance")


# The legal basis that stands on the note, by purpose (Switzerland).
BASIS = {Purpose.BASIC: "KVG Art. 84", Purpose.SUPPLEMENTARY: "VVG; DSG Art. 31"}


class Note(models.Model):
    """What is needed to solve the concern, and why it may be kept."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="notes")
    contact_id = models.BigIntegerField(db_index=True)  # protect stands below answer and does not know its tables
    purpose = models.CharField(max_length=20, choices=Purpose)
    words = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    written_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"note {self.pk}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def open(self) -> GrantQuerySet:
        return self.filter(closed_at=None)


class Grant(models.Model):
    """One person may see one member's file while one contact lasts."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    member = models.ForeignKey(Member, models.PROTECT, related_name="grants")
    contact_id = models.BigIntegerField()
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_grant_a_contact", fields=["contact_id"], condition=models.Q(closed_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"
