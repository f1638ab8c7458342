from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from firsthand.members.models import Member


class Scope(models.TextChoices):
    """What somebody may be called about. One consent, one scope, from a closed list."""

    BASIC = "basic", _("Offers of basic insurance")
    SUPPLEMENTARY = "supplementary", _("Offers of supplementary insurance")
    SURVEY = "survey", _("Asking how satisfied they are")  # advertising too, say the German courts


class Way(models.TextChoices):
    """In which form somebody said yes, or no."""

    WRITTEN = "written", _("on paper")
    ELECTRONIC = "electronic", _("on a web page or by e-mail")
    TELEPHONE = "telephone", _("on the telephone")
    APP = "app", _("in the app")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self) -> ConsentQuerySet:
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """The proof that somebody agreed to be called, as § 7a UWG wants it. Kept five years from the day it was
    given and from each use; until then triggers refuse to change or delete it (sql/consent.sql). The
    withdrawal is written once.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="consents")
    scope = models.CharField(max_length=20, choices=Scope)
    way = models.CharField(max_length=20, choices=Way)
    wording = models.TextField()  # the words that were shown or read out
    # As the person gave them then; the file may say something else by now.
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=240)
    company = models.CharField(max_length=120)  # for whom the consent was given
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(db_default=Now())
    written_at = models.DateTimeField(db_default=Now())  # when it was entered here; set by the trigger
    country = models.CharField(max_length=2)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_way = models.CharField(max_length=20, choices=Way, blank=True, default="")
    withdrawn_taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # The last day on which the proof is kept, where the insurer is; set and moved by triggers only.
    keep_until = models.DateField(db_default=models.Value("0001-01-01"))

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="consent_of_a_scope", condition=models.Q(scope__in=Scope.values)),
            models.CheckConstraint(name="consent_given_in_a_way", condition=models.Q(way__in=Way.values)),
            models.CheckConstraint(
                name="consent_is_complete",
                condition=~models.Q(wording="")
                & ~models.Q(name="")
                & ~models.Q(address="")
                & ~models.Q(company=""),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_is_documented",
                condition=models.Q(withdrawn_at=None, withdrawn_way="", withdrawn_taken_by=None)
                | models.Q(
                    withdrawn_at__gte=models.F("given_at"),
                    withdrawn_way__in=Way.values,
                    withdrawn_taken_by__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                name="one_live_consent_a_scope",
                fields=["member", "scope"],
                condition=models.Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def live(self) -> SuppressionQuerySet:
        return self.filter(lifted_at=None)


class Suppression(models.Model):
    """Nobody calls this member, or this number, to advertise. Of a number only a salted digest is kept: a
    list of people who do not want to be called must not be a list to call from.
    """

    class Why(models.TextChoices):
        WISH = "wish", _("they said they do not want such calls")
        STAR = "star", _("a star in the telephone directory")
        UNLISTED = "unlisted", _("not in the telephone directory")
        COMPLAINT = "complaint", _("a complaint")

    class Lifted(models.TextChoices):
        """What takes a number off the list. Kept in the journal, with the form in which it was said."""

        ASKED = "asked", _("the person asked for it themself")
        OWNER = "owner", _("somebody else has the number now, and said so themself")
        DIRECTORY = "directory", _("the telephone directory says so no more")

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="suppressions")
    number = models.CharField(max_length=64, blank=True, default="")  # protect_number_digest(E.164)
    why = models.CharField(max_length=20, choices=Why)
    since = models.DateTimeField(db_default=Now())
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # A later consent of the member takes back the member's own wish, and nothing else does so by itself.
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="suppression_of_a_member_or_a_number",
                condition=models.Q(member__isnull=False, number="")
                | models.Q(member=None, number__regex=r"^[0-9a-f]{64}$"),
            ),
            models.UniqueConstraint(
                name="one_live_suppression_a_member",
                fields=["member", "why"],
                condition=models.Q(lifted_at=None, member__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_live_suppression_a_number",
                fields=["number", "why"],
                condition=models.Q(lifted_at=None, member=None),
            ),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk}"

    @property
    def ways_out(self) -> list[Lifted]:
        """What somebody said is taken back by somebody; only what the directory said, by the directory."""
        in_directory = self.why in {self.Why.STAR, self.Why.UNLISTED}
        return [one for one in self.Lifted if in_directory or one is not self.Lifted.DIRECTORY]


class OutboundContact(models.Model):
    """Somebody of the house calls a person. Without live proof the row does not come into being, and without
    the row the number is not shown. Append only, and kept as long as the proof.
    """

    class Kind(models.TextChoices):
        ADVERTISING = "advertising", _("advertising")
        SERVICE = "service", _("keeping a promise")
        WISH = "wish", _("answering a wish to be called back")

    class Basis(models.TextChoices):
        """On what the call rests; written by the trigger that let it through."""

        CONSENT = "consent", _("a consent")
        INSURED = "insured", _("insured here")
        WAS_INSURED = "was_insured", _("insured here until less than 36 months ago")
        PROMISE = "promise", _("a promise")
        CALLBACK = "callback", _("asked to be called back")

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="outbound")
    kind = models.CharField(max_length=20, choices=Kind)
    # What it is about: one of `Scope` for advertising, else "promise" or "callback".
    purpose = models.CharField(max_length=20)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="uses")
    # Rows of the room above, which checks them by a trigger of its own (answer/sql/outbound.sql).
    contact_id = models.BigIntegerField(null=True)
    promise_id = models.BigIntegerField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=20, choices=Basis, blank=True, default="")
    at = models.DateTimeField(db_default=Now())  # after the proof was locked; set by the trigger

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outbound_has_its_proof",
                condition=models.Q(
                    kind="advertising",
                    purpose__in=Scope.values,
                    member__isnull=False,
                    contact_id=None,
                    promise_id=None,
                    basis__in=["consent", "insured", "was_insured"],
                )
                | models.Q(
                    kind="service",
                    purpose="promise",
                    promise_id__isnull=False,
                    consent=None,
                    basis="promise",
                )
                | models.Q(
                    kind="wish",
                    purpose="callback",
                    contact_id__isnull=False,
                    consent=None,
                    basis="callback",
                ),
            ),
            models.CheckConstraint(
                name="outbound_names_its_consent",
                condition=models.Q(basis="consent", consent__isnull=False)
                | (~models.Q(basis="consent") & models.Q(consent=None)),
            ),
        ]
        indexes = [models.Index(name="outbound_of_a_member", fields=["member", "-at"])]

    def __str__(self) -> str:
        return f"outbound {self.pk}"

    @property
    def purpose_label(self) -> str:
        return (
            str(Scope(self.purpose).label)
            if self.purpose in Scope.values
            else str(self.Kind(self.kind).label)
        )


class OutreachRules(models.Model):
    """Whose law holds for calls to people, and where midnight is: one row, kept equal to the settings by
    `firsthand up`. A row and not a setting, because the triggers read it.
    """

    country = models.CharField(max_length=2)
    zone = models.CharField(max_length=40)

    class Meta:
        managed = False
        db_table = "protect_outreachrules"

    def __str__(self) -> str:
        return self.country


class MayBeCalled(models.Model):
    """Whom one may call to advertise now, and about what: all that a caller-out sees of a member. A view."""

    member = models.OneToOneField(
        Member, models.DO_NOTHING, primary_key=True, db_column="id", related_name="+"
    )
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=170)
    language = models.CharField(max_length=5)
    phone = models.CharField(max_length=20)
    scopes = ArrayField(models.CharField(max_length=20))

    class Meta:
        managed = False
        db_table = "protect_maybecalled"

    def __str__(self) -> str:
        return f"may be called {self.pk}"
