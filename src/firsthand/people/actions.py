"""What can be done with the people who work here."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from firsthand.journal import actions as journal
from firsthand.kernel import sql
from firsthand.kernel.refusal import Refusal
from firsthand.people import queries, secrecy, signals
from firsthand.people.models import Invitation, Person, Role, SecrecySignature, SecrecyText, Team


class TooMany(Refusal):
    says = _("That was too often in a short time. Wait a few minutes and try again.")


class OtherText(Refusal):
    says = _("The text has changed since you opened the page. Nothing was signed. Read it once more, please.")


class LastOrganiser(Refusal):
    says = _("This is the last organiser. Nothing was changed. First give the role to somebody else.")


class AlreadyThere(Refusal):
    says = _("Somebody with this e-mail address is already here. Nothing was changed.")


def spend(key: str, allowance: int, seconds: int, *, by: Person | None = None) -> None:
    """Count one try against a limit. Call it outside a transaction: a try that is rolled back was a try.

    `key` may name a person or an address; only its keyed digest is stored.
    """
    digest = salted_hmac("people.spend", f"{key}:{by.pk if by else ''}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.people")["spend"], {"key": digest, "seconds": seconds})
        spent = cursor.fetchone()[0]
    if spent > allowance:
        raise TooMany


def forget_allowances(*, by: Person | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.named("firsthand.people")["forget_allowances"])


@transaction.atomic
def add(
    *,
    name: str,
    email: str,
    roles: Iterable[str],
    languages: Iterable[str],
    team: str = "",
    decides_on_staff: bool | None = None,
    by: Person | None,
) -> Person:
    """Somebody new. They cannot sign in until they are invited."""
    person = Person(
        name=name,
        email=email.lower(),
        team=_team(team),
        roles=list(roles),
        languages=list(languages),
        decides_on_staff=decides_on_staff,
    )
    person.set_unusable_password()
    _save(person)
    vouch(person, by=by)
    journal.record("added", person, by=by)
    _record_roles(person, set(), by=by)
    return person


@transaction.atomic
def change(
    person: Person,
    *,
    name: str,
    email: str,
    roles: Iterable[str],
    languages: Iterable[str],
    team: str = "",
    decides_on_staff: bool | None = None,
    by: Person | None,
) -> None:
    before, said = set(person.roles), person.has_a_say
    person.name, person.email, person.team = name, email.lower(), _team(team)
    person.roles, person.languages = list(roles), list(languages)
    person.decides_on_staff = decides_on_staff
    if not person.has_role(Role.ORGANISER):
        _keep_an_organiser(person)
    # Only these: the person may be signing, or choosing a language or a password, at the same moment.
    _save(person, "name", "email", "team", "roles", "languages", "decides_on_staff")
    vouch(person, by=by)
    journal.record("changed", person, by=by)
    _record_roles(person, before, by=by)
    if person.has_a_say != said:
        journal.record("say in personnel matters", person, by=by, has=person.has_a_say)
    signals.answers_changed.send(Person, person_ids=[person.pk])


@transaction.atomic
def leave(person: Person, *, by: Person | None) -> None:
    """They work here no longer: out of every session at once. What they did stays in the journal."""
    _keep_an_organiser(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    Invitation.objects.filter(person=person, used_at=None).delete()
    journal.record("left", person, by=by)
    signals.answers_changed.send(Person, person_ids=[person.pk])


@transaction.atomic
def come_back(person: Person, *, by: Person | None) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True
    journal.record("came back", person, by=by)


@transaction.atomic
def invite(person: Person, *, by: Person | None) -> str:
    """The path of a link that lets this person in once, within a week. An earlier link ends with it."""
    Invitation.objects.filter(person=person, used_at=None).delete()
    word = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person,
        digest=queries.digest(word),
        made_by=by,
        ends_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )
    journal.record("invited", person, by=by)
    return reverse("people:welcome", args=[word])


@transaction.atomic
def accept(word: str, *, password: str = "", by: Person | None = None) -> Person:
    """Use up an invitation. With a password that becomes theirs; without one they go on to make a passkey.

    Of two who come with the same link at the same moment, the row lets one in.
    """
    invitation = queries.invitation(word).select_for_update(of=("self",)).first()
    if invitation is None:
        raise queries.InvitationGone
    person = invitation.person
    if password:
        validate_password(password, person)
        person.set_password(password)
        person.save(update_fields=["password"])
    Invitation.objects.filter(pk=invitation.pk).update(used_at=Now())
    vouch(person, by=by)
    journal.record("accepted invitation", person, by=person)
    return person


@transaction.atomic
def sign_secrecy(person: Person, *, by: Person, version: str = "") -> None:
    """The version of the duty of secrecy that was read is signed once; who signs again keeps the first date.

    `version` is the one the page showed: if another came into force meanwhile, that one is to be read first.
    """
    now = queries.secrecy_version()
    if version and version != now:
        raise OtherText
    signature, new = SecrecySignature.objects.get_or_create(
        person=person, version=now, defaults={"language": get_language() or "en"}
    )
    signature.refresh_from_db()
    Person.objects.filter(pk=person.pk).update(secrecy_signed_at=signature.signed_at)
    person.secrecy_signed_at = signature.signed_at
    if new:
        journal.record("signed secrecy", person, by=by, version=now.lower())


@transaction.atomic
def publish_secrecy(*, by: Person | None = None) -> bool:
    """Put this release's text into force. If it is another one, everybody who has not signed it is asked
    again, and nothing is offered to them until they have.
    """
    text = secrecy.text()
    if queries.secrecy_version() == text.version:
        return False
    with connection.cursor() as cursor:
        published = {"version": text.version, "digest": text.digest}
        cursor.execute(sql.named("firsthand.people")["publish_secrecy"], published)
    signed = SecrecySignature.objects.filter(version=text.version).values("person")
    asked = Person.objects.exclude(pk__in=signed).exclude(secrecy_signed_at=None)
    pks = list(asked.values_list("pk", flat=True))
    Person.objects.filter(pk__in=pks).update(secrecy_signed_at=None)
    journal.record("published", SecrecyText(version=text.version), by=by, asked=len(pks))
    signals.answers_changed.send(Person, person_ids=pks)
    return True


@transaction.atomic
def set_language(person: Person, language: str, *, by: Person) -> None:
    """The language in which the house shows its pages to this person."""
    if person.language != language:
        Person.objects.filter(pk=person.pk).update(language=language)
        person.language = language
        journal.record("language set", person, by=by, language=language)


@transaction.atomic
def set_languages(person: Person, languages: Iterable[str], *, by: Person) -> None:
    """The languages a person answers in."""
    person.languages = list(languages)
    person.save(update_fields=["languages"])
    journal.record("languages set", person, by=by, **dict.fromkeys(person.languages, True))
    signals.answers_changed.send(Person, person_ids=[person.pk])


def vouch(person: Person, *, by: Person | None = None) -> None:
    """Keep allauth's list of addresses equal to ours: one a person, vouched for by who invited them."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def _record_roles(person: Person, before: set[str], *, by: Person | None) -> None:
    """One entry a role: who gave whom the right to see what is the first thing an auditor asks."""
    after = set(person.roles)
    for role in sorted(after - before):
        journal.record("role given", person, by=by, role=role)
    for role in sorted(before - after):
        journal.record("role taken", person, by=by, role=role)


def _team(name: str) -> Team | None:
    return Team.objects.get_or_create(name=name.strip())[0] if name.strip() else None


def _save(person: Person, *fields: str) -> None:
    try:
        with transaction.atomic():
            person.save(update_fields=fields or None)
    except IntegrityError as error:
        raise AlreadyThere from error


def _keep_an_organiser(person: Person) -> None:
    """Two organisers who remove each other at the same moment meet on these rows."""
    organisers = Person.objects.working().with_role(Role.ORGANISER).order_by("pk")
    pks = list(organisers.select_for_update(no_key=True).values_list("pk", flat=True))
    if pks == [person.pk]:
        raise LastOrganiser
