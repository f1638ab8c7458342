"""Who works here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from firsthand.kernel import typed
from firsthand.kernel.refusal import Refusal
from firsthand.people.models import Invitation, Language, Person, Role, SecrecyText, Team


@dataclass(frozen=True)
class Filter:
    """What stands in the address of the list: nothing = everybody who works here."""

    words: str = ""
    role: str = ""
    language: str = ""
    unsigned: bool = False
    left: bool = False


@dataclass(frozen=True)
class People:
    people: Sequence[Person]
    total: int
    chosen: Filter


def people(chosen: Filter) -> People:
    """Everybody in one list: an insurer's front week is some hundreds, and finding is faster than paging."""
    rows = Person.objects.filter(is_active=not chosen.left, synthetic=False)
    found = _found(rows, chosen).select_related("team").order_by("name")
    return People(list(found), rows.count(), chosen)


def _found(rows: QuerySet[Person], chosen: Filter) -> QuerySet[Person]:
    if chosen.words:
        rows = rows.filter(
            Q(name__icontains=chosen.words)
            | Q(email__icontains=chosen.words)
            | Q(team__name__icontains=chosen.words)
        )
    if chosen.role in Role.values:
        rows = rows.filter(roles__contains=[chosen.role])
    if chosen.language in Language.values:
        rows = rows.filter(languages__contains=[chosen.language])
    if chosen.unsigned:
        rows = rows.filter(secrecy_signed_at=None)
    return rows


def person_for(organiser: Person, pk: int) -> Person:
    found: Person | None = Person.objects.select_related("team").filter(pk=pk, synthetic=False).first()
    if found is None or not organiser.has_role(Role.ORGANISER):
        raise Http404
    return found


def secrecy_version() -> str:
    """The version of the duty of secrecy that is in force."""
    return SecrecyText.objects.order_by("-since").values_list("version", flat=True).first() or ""


def teams() -> QuerySet[Team]:
    return Team.objects.order_by("name")


class InvitationGone(Refusal):
    says = _("This invitation has been used or is too old. Ask an organiser for a new one.")


def digest(word: str) -> str:
    """Only this of an invitation's word is kept: whoever reads the table cannot come in."""
    return hashlib.sha256(word.encode()).hexdigest()


def invitation(word: str) -> QuerySet[Invitation]:
    """The open invitation of this word, if there is one."""
    open_ones = Invitation.objects.filter(used_at=None, ends_at__gt=Now(), person__is_active=True)
    return open_ones.select_related("person").filter(digest=digest(word))


def invited(word: str) -> Person:
    """Who is meant by the link in their hand."""
    found = invitation(word).first()
    if found is None:
        raise InvitationGone
    return found.person


@dataclass(frozen=True)
class Ways:
    """How somebody can prove who they are, to sign in again or to unlock."""

    password: bool
    passkey: bool
    code: bool
    provider: str


def ways_of(person: Person) -> Ways:
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    provider = apps[0]["name"] if apps else ""
    return Ways(person.has_usable_password(), "webauthn" in kinds, "totp" in kinds, provider)


DEMO_ADDRESS = "@firnlicht.example"
# In the order in which somebody would try them.
DEMO_ROLES = (
    Role.HELPER,
    Role.SPECIALIST,
    Role.ORGANISER,
    Role.EXECUTIVE,
    Role.PROTECTION,
    Role.ADVISOR,
    Role.OWNER,
)


DOES = {
    Role.HELPER: _("Answers calls for a few days a year. Says “ready” and is offered the next one."),
    Role.SPECIALIST: _("Knows one subject well. Answers calls, and what helpers ask."),
    Role.ORGANISER: _("Plans the front week, sees the queue, looks after the people."),
    Role.EXECUTIVE: _("Answers calls like everybody, and reads what was heard, unfiltered."),
    Role.PROTECTION: _("Sees who looked at which file, and why."),
    Role.ADVISOR: _("Answers calls all year."),
    Role.OWNER: _("Can change something, and owes answers to what was heard."),
}


@dataclass(frozen=True)
class DemoRole:
    role: Role
    people: Sequence[Person]

    @property
    def does(self) -> str:
        return str(DOES[self.role])


def demo_people(each: int = 2) -> list[DemoRole]:
    """One or two of each role, the first added first; nobody stands there twice."""
    rows = list(Person.objects.working().filter(email__endswith=DEMO_ADDRESS, synthetic=False).order_by("pk"))
    shown: set[int] = set()
    cards = []
    for role in DEMO_ROLES:
        own = [person for person in rows if person.pk not in shown and person.has_role(role)][:each]
        shown.update(person.pk for person in own)
        if own:
            cards.append(DemoRole(role, own))
    return cards


def demo_person(pk: str) -> Person:
    """Whom the button of the demo page named."""
    people = Person.objects.working().filter(email__endswith=DEMO_ADDRESS, synthetic=False)
    found: Person | None = people.filter(pk=typed.key(pk)).first()
    if found is None:
        raise Http404
    return found
