from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Length, Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Member

LONGEST_NOTE = 2000

models.TextField.register_lookup(Length, "length")


class Purpose(models.TextChoices):
    """Why a note is kept. One note, one purpose, from a closed list: there is no "other"."""

    BASIC = "basic", _("Solving a concern in basic insurance")
    SUPPLEMENTARY = "supplementary", _("Solving a concern in supplementary insurance")

    @property
    def basis(self) -> Promise:
        """The legal basis that stands on the note."""
        return BASIS[self]


# Translated, because every language of Switzerland has its own names for the laws.
BASIS: dict[Purpose, Promise] = {
    Purpose.BASIC: _("Art. 84 KVG"),
    Purpose.SUPPLEMENTARY: _("VVG; Art. 31 DSG"),
}


class Note(models.Model):
    """What is needed to solve the concern, and why it may be kept."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="notes")
    contact_id = models.BigIntegerField(
        db_index=True
    )  # protect stands below answer and does not know its tables
    purpose = models.CharField(max_length=20, choices=Purpose)
    words = models.TextField()
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


class GrantQuerySet(models.QuerySet["Grant"]):
    def open(self) -> GrantQuerySet:
        return self.filter(closed_at=None)


class Grant(models.Model):
    """One person may see one member's file while one contact lasts. A trigger keeps a closed one closed."""

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
            ),
            models.UniqueConstraint(
                name="one_open_grant_a_person", fields=["person"], condition=models.Q(closed_at=None)
            ),
            models.CheckConstraint(
                name="grant_closes_after_it_opens",
                condition=models.Q(closed_at=None) | models.Q(closed_at__gte=models.F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"
