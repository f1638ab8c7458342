"""What is kept of the people who work here, and of how they sign in. Allauth's tables are ours to declare."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    HOUSE,
    ROW,
    TECHNICAL,
    Column,
    Data,
    Erased,
    Fate,
    Goes,
    Says,
    Table,
    Whom,
    deleted,
    kept,
    of_staff,
)
from firsthand.people.models import Role

PURPOSES = (_("Signing in, and knowing who may do what"),)
BASIS = _("CH: Art. 328b CO. DE: § 26 BDSG")
SECRECY = _("CH: Art. 33 ATSG, Art. 62 FADP. DE: § 35 SGB I, § 203 StGB")
SOURCE = _("The organiser, and the colleague")
RECIPIENTS = _("Nobody outside the insurer")
BLANK = {
    "email": "'erased-' || id || '@erased.invalid'",
    "name": "''",
    "password": "'!'",
    "roles": "'{}'",
    "languages": "'{}'",
    "language": "''",
    "team_id": "NULL",
    "is_active": "false",
    "last_login": "NULL",
}
KEY = of_staff(Data.CREDENTIALS, _("proof for signing in"))
OF_PERSON = "SELECT id FROM {} WHERE user_id = %(person)s"
OWN = {Whom.STAFF: "user_id = %(person)s"}
OWN_PERSON = {Whom.STAFF: "person_id = %(person)s"}
GOES_WITH = {Whom.STAFF: deleted()}


def named(roles: list[str]) -> Says:
    return ", ".join(str(Role(one).label) for one in roles)


def _table(name: str, what: Says, columns: dict[str, Column], finds: dict[Whom, str], **more: Any) -> Table:
    return Table(
        name=name,
        room="people",
        what=what,
        columns=columns,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds=finds,
        **{"purposes": PURPOSES, "basis": BASIS, "erased": GOES_WITH, **more},
    )


keeping.register(
    _table(
        "account_emailconfirmation",
        _("Links that confirm an address for mail"),
        {"id": ROW, "created": TECHNICAL, "sent": TECHNICAL, "key": KEY, "email_address_id": TECHNICAL},
        {Whom.STAFF: f"email_address_id IN ({OF_PERSON.format('account_emailaddress')})"},
        goes=(Goes("invitation", "created"),),
    ),
    _table(
        "account_emailaddress",
        _("Addresses for mail"),
        {
            "id": ROW,
            "email": of_staff(Data.MAIL, _("e-mail")),
            "verified": TECHNICAL,
            "primary": TECHNICAL,
            "user_id": of_staff(Data.LINK, _("colleague")),
        },
        OWN,
    ),
    _table(
        "mfa_authenticator",
        _("Passkeys and second factors"),
        {
            "id": ROW,
            "type": of_staff(Data.CREDENTIALS, _("kind of second factor")),
            "data": KEY,
            "user_id": of_staff(Data.LINK, _("colleague")),
            "created_at": of_staff(Data.BEHAVIOUR, _("made")),
            "last_used_at": of_staff(Data.BEHAVIOUR, _("last used")),
        },
        OWN,
    ),
    _table(
        "socialaccount_socialtoken",
        _("Keys of the insurer's own sign-in"),
        {
            "id": ROW,
            "token": KEY,
            "token_secret": KEY,
            "expires_at": TECHNICAL,
            "account_id": TECHNICAL,
            "app_id": TECHNICAL,
        },
        {Whom.STAFF: f"account_id IN ({OF_PERSON.format('socialaccount_socialaccount')})"},
    ),
    _table(
        "socialaccount_socialaccount",
        _("Accounts of the insurer's own sign-in"),
        {
            "id": ROW,
            "provider": TECHNICAL,
            "uid": of_staff(Data.NUMBER, _("number at the provider")),
            "last_login": of_staff(Data.BEHAVIOUR, _("last sign-in")),
            "date_joined": of_staff(Data.BEHAVIOUR, _("first sign-in")),
            "extra_data": of_staff(Data.NAME, _("what the provider said")),
            "user_id": of_staff(Data.LINK, _("colleague")),
        },
        OWN,
    ),
    _table(
        "people_invitation",
        _("Invitations"),
        {
            "id": ROW,
            "digest": KEY,
            "made_at": of_staff(Data.BEHAVIOUR, _("made")),
            "ends_at": TECHNICAL,
            "used_at": of_staff(Data.BEHAVIOUR, _("used")),
            "made_by_id": of_staff(Data.LINK, _("invited by")),
            "person_id": of_staff(Data.LINK, _("colleague")),
        },
        OWN_PERSON,
        goes=(Goes("invitation", "ends_at"),),
    ),
    _table(
        "people_person",
        _("Who works here"),
        {
            "id": ROW,
            "password": KEY,
            "last_login": of_staff(Data.BEHAVIOUR, _("last sign-in")),
            "email": of_staff(Data.MAIL, _("e-mail")),
            "name": of_staff(Data.NAME, _("name")),
            "roles": of_staff(Data.WORK, _("roles"), named),
            "languages": of_staff(Data.LANGUAGE, _("answers in")),
            "language": of_staff(Data.LANGUAGE, _("language of the pages")),
            "secrecy_signed_at": of_staff(Data.WORK, _("secrecy signed")),
            "is_active": of_staff(Data.WORK, _("works here")),
            "decides_on_staff": of_staff(Data.WORK, _("has a say in personnel matters")),
            "synthetic": TECHNICAL,
            "joined_at": of_staff(Data.WORK, _("joined")),
            "team_id": of_staff(Data.WORK, _("team")),
        },
        {Whom.STAFF: "id = %(person)s"},
        # The number stays, so that the journal still says that one and the same person did two things.
        erased={Whom.STAFF: (Erased(Fate.BLANK, blanks=BLANK),)},
    ),
    _table(
        "people_secrecysignature",
        _("Signatures of the duty of secrecy"),
        {
            "id": ROW,
            "person_id": of_staff(Data.LINK, _("colleague")),
            "version": of_staff(Data.WORK, _("version")),
            "language": of_staff(Data.LANGUAGE, _("language")),
            "signed_at": of_staff(Data.WORK, _("signed")),
        },
        OWN_PERSON,
        purposes=(_("Proving that the duty of secrecy was signed; it goes on after somebody has left"),),
        basis=SECRECY,
        erased={Whom.STAFF: kept(SECRECY)},
    ),
    Table(
        "people_secrecytext",
        "people",
        _("Versions of the duty of secrecy"),
        {"version": HOUSE, "digest": HOUSE, "since": HOUSE},
    ),
    Table(
        "people_allowance",
        "people",
        _("How often something was tried"),
        {"key": TECHNICAL, "since": TECHNICAL, "spent": TECHNICAL},
        goes=(Goes("allowance", "since", by_itself=_("the chore “people.forget_allowances”, every hour")),),
    ),
    Table("people_team", "people", _("Teams"), {"id": HOUSE, "name": HOUSE}),
    Table(
        "socialaccount_socialapp",
        "people",
        _("The insurer's own sign-in"),
        dict.fromkeys(
            ("id", "provider", "name", "client_id", "secret", "key", "provider_id", "settings"), HOUSE
        ),
    ),
)
