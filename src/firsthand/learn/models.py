from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.know.models import Concern
from firsthand.people.models import Person


class About(models.TextChoices):
    """What an observation is about; each has an owner who can change it."""

    TERMS = "terms", _("Contract terms")
    PREMIUM = "premium", _("Premiums and invoices")
    CLAIMS = "claims", _("Reimbursement")
    LETTERS = "letters", _("Letters and wording")
    PORTAL = "portal", _("Portal and app")
    PROCESS = "process", _("How we work")
    OTHER = "other", _("Something else")


class Observation(models.Model):
    """What a helper heard at the front, in the helper's own words. Nobody edits it; its author may withdraw it, visibly."""

    words = models.TextField()
    about = models.CharField(max_length=12, choices=About, default=About.OTHER)
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")
    contact_id = models.BigIntegerField(null=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, related_name="observations")
    seen_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"observation {self.pk}"


class MeToo(models.Model):
    """Somebody else heard the same."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="me_too")
    person = models.ForeignKey(Person, models.PROTECT)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="me_too_once", fields=["observation", "person"])]

    def __str__(self) -> str:
        return f"me too {self.pk}"
