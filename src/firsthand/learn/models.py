from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce, Now
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


class Owner(models.Model):
    """Who can change what an observation is about, and is shown it first. One person for each, or none."""

    about = models.CharField(_("about"), max_length=12, choices=About, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="owns")

    def __str__(self) -> str:
        return self.about


class ObservationQuerySet(models.QuerySet["Observation"]):
    def about(self, about: str) -> ObservationQuerySet:
        return self.filter(about=about) if about else self

    def standing(self) -> ObservationQuerySet:
        return self.filter(withdrawn_at=None)

    def with_heard(self) -> ObservationQuerySet:
        """`heard`: how many more have heard it. Of each row by itself: a join would count the whole board first."""
        same = MeToo.objects.filter(observation=models.OuterRef("pk")).order_by().values("observation")
        return self.annotate(
            heard=Coalesce(models.Subquery(same.annotate(n=models.Count("pk")).values("n")), 0)
        )


class Observation(models.Model):
    """What a helper heard at the front, in own words. Nobody edits it; its author may withdraw it.

    `number`, `digest`, `previous` and `hash` are the trigger's (sql/schema.sql): each row is a link of one
    chain, so everybody can check that nothing was changed and nothing disappeared.
    """

    id: int
    words = models.TextField()
    about = models.CharField(_("about"), max_length=12, choices=About, default=About.OTHER)
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="+")
    contact_id = models.BigIntegerField(null=True)  # never shown: it would lead from the board to a caller
    seen_by = models.ForeignKey(Person, models.PROTECT, related_name="observations")
    seen_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)
    # The law made us take somebody's name out of the words; the digest still proves the rest of the chain.
    taken_out_at = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(unique=True, editable=False, db_default=0)
    digest = models.BinaryField(db_default=b"")  # of the words alone
    previous = models.BinaryField(db_default=b"")
    hash = models.BinaryField(db_default=b"")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="observation_by_about", fields=["about", "-number"])]

    def __str__(self) -> str:
        return f"observation {self.pk}"


class MeToo(models.Model):
    """Somebody else heard the same."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="me_too")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="me_too_once", fields=["observation", "person"])]

    def __str__(self) -> str:
        return f"me too {self.pk}"
