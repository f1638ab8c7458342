"""What somebody confided and nobody needed: sealed, for a short time."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from firsthand.members.models import Member
from firsthand.protect.models.notes import Note
from firsthand.protect.models.purposes import Purpose
from firsthand.protect.pure.categories import Category

CATEGORIES = [(one.value, one.value) for one in Category]  # the words for them stand in `protect.words`


class Field(models.TextChoices):
    """Where it was typed."""

    ANSWERED = "answered"
    NOTE = "note"
    PROMISE = "promise"


class ConfidenceQuerySet(models.QuerySet["Confidence"]):
    def living(self) -> ConfidenceQuerySet:
        """Whose key has not been destroyed."""
        return self.filter(erased_at=None)

    def kept(self, today: date) -> ConfidenceQuerySet:
        return self.living().filter(keep_until__gte=today)

    def due(self, today: date) -> ConfidenceQuerySet:
        """Past their clock."""
        return self.living().filter(keep_until__lt=today)

    def drafts(self, contact_id: int) -> ConfidenceQuerySet:
        return self.living().filter(contact_id=contact_id, settled_at=None)


class Confidence(models.Model):
    """The words under a key of their own; the key under a key that stands outside the database.

    To erase is to overwrite the wrapped key (`sql/confidences.sql` lets it happen once, and nothing else
    change). The id is random: after a restore it can be compared with the list of what was erased, and a
    counter would give it to something else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="confidences")
    contact_id = models.BigIntegerField(db_index=True)
    note = models.ForeignKey(Note, models.PROTECT, null=True, related_name="confidences")
    field = models.CharField(max_length=10, choices=Field)
    category = models.CharField(max_length=20, choices=CATEGORIES)
    purpose = models.CharField(max_length=20, choices=Purpose)
    sealed = models.BinaryField()  # nonce and words, AES-256-GCM; bound to id, member, contact and category
    wrapped_key = models.BinaryField(null=True)  # nonce and key; NULL: destroyed
    key_id = models.CharField(max_length=16)  # of the key that wraps it
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(db_default=Now())
    # While the contact lasts it is a draft: what is typed changes. Then it stands.
    settled_at = models.DateTimeField(null=True)
    keep_until = models.DateField()
    opened_at = models.DateTimeField(null=True)  # the last time
    erased_at = models.DateTimeField(null=True)

    objects = ConfidenceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="confidence_member", fields=["member", "-sealed_at"]),
            # What the nightly run and the change of keys look at: the living ones only.
            models.Index(name="confidence_due", fields=["keep_until"], condition=models.Q(erased_at=None)),
            models.Index(name="confidence_key", fields=["key_id"], condition=models.Q(erased_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="confidence_has_a_purpose", condition=models.Q(purpose__in=Purpose.values)
            ),
            models.CheckConstraint(
                name="confidence_has_a_category",
                condition=models.Q(category__in=[one.value for one in Category]),
            ),
            models.CheckConstraint(
                name="confidence_erased_has_no_key",
                condition=models.Q(erased_at=None, wrapped_key__isnull=False)
                | models.Q(erased_at__isnull=False, wrapped_key=None),
            ),
        ]

    def __str__(self) -> str:
        return f"confidence {self.pk}"


class Opening(models.Model):
    """Somebody read one, and said why. Append only."""

    confidence_id = models.UUIDField(db_index=True)  # outlives it
    contact_id = models.BigIntegerField(null=True)  # in which contact; none: for a request of the member
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=200)  # screened

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opening_has_a_reason",
                condition=models.Q(reason__regex=r"\S.{8,}\S"),
            )
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"
