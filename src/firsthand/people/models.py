from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages a caller can choose and a person can speak, each in its own words."""

    GERMAN = "de", "Deutsch"
    FRENCH = "fr", "Français"
    ITALIAN = "it", "Italiano"
    ENGLISH = "en", "English"


class Role(models.TextChoices):
    HELPER = "helper", _("Helper")
    ADVISOR = "advisor", _("Advisor")
    SPECIALIST = "specialist", _("Specialist")
    ORGANISER = "organiser", _("Organiser")
    OWNER = "owner", _("Owner")
    EXECUTIVE = "executive", _("Executive")
    PROTECTION = "protection", _("Data-protection officer")


# Who may sit at a desk and be offered a contact.
ANSWERING = frozenset({Role.HELPER, Role.ADVISOR, Role.SPECIALIST, Role.EXECUTIVE})


class Team(models.Model):
    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def working(self) -> PersonQuerySet:
        return self.filter(is_active=True)

    def with_role(self, role: Role) -> PersonQuerySet:
        return self.filter(roles__contains=[role.value])


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """What Django's sign-in asks of a user's manager."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person: Person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who works here. Titles are not kept: in the room nobody has a rank."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, verbose_name=_("team"))
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list)
    languages = ArrayField(models.CharField(max_length=5, choices=Language), default=list)
    # The language of the pages; empty = as the browser asks.
    language = models.CharField(_("language of the pages"), max_length=5, blank=True, default="")
    # When the duty of secrecy that is in force was signed; empty again when its text changes. The proof is a
    # row of `SecrecySignature`.
    secrecy_signed_at = models.DateTimeField(null=True, blank=True)
    # Takes or influences decisions about the people who work here, and so never gets a colleague's contact.
    # Empty: as the roles say, that is who is on the executive board.
    decides_on_staff = models.BooleanField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    # A synthetic person answers synthetic callers only, and is marked as such wherever it is shown.
    synthetic = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.CheckConstraint(
                name="person_email_lower", condition=models.Q(email=models.functions.Lower("email"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_role(self, *roles: Role) -> bool:
        return any(role.value in self.roles for role in roles)

    def has_usable_password(self) -> bool:
        """Nobody is born with one: Django takes an empty password for a usable one."""
        return bool(self.password) and super().has_usable_password()

    @property
    def answers(self) -> bool:
        return self.has_role(*ANSWERING)

    @property
    def has_a_say(self) -> bool:
        """In personnel matters; the database says the same (people_decides_on_staff)."""
        said = self.decides_on_staff
        return self.has_role(Role.EXECUTIVE) if said is None else said

    @property
    def role_names(self) -> list[str]:
        """In the order of the list of roles, whatever the order they were given in."""
        return [str(role.label) for role in Role if role.value in self.roles]

    @property
    def first_name(self) -> str:
        """What a caller and the wall see."""
        return self.name.split()[0] if self.name.strip() else ""

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class SecrecyText(models.Model):
    """A version of the duty of secrecy, from the moment it came into force. Its words stand in `secrecy`."""

    version = models.CharField(max_length=20, primary_key=True)
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "people_secrecytext"

    def __str__(self) -> str:
        return self.version


class SecrecySignature(models.Model):
    """Somebody signed the duty of secrecy: which version, in which language, when. Append only."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="secrecy_signatures")
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    signed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(name="one_signature_a_version", fields=["person", "version"])]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class Invitation(models.Model):
    """A link that lets one person in once, to choose how to sign in. Only its digest is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Allowance(models.Model):
    """How often something was tried since a moment: behind every rate limit. The key is a digest."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    spent = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"allowance {self.spent}"
