"""What is kept of the insured themselves. It is the insurer's copy of its own register, and follows it."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import ROW, STATE, Data, Erased, Fate, Goes, Table, Whom, none, of_member
from firsthand.people.models import Language

PURPOSES = (_("Recognising and verifying a caller"), _("Answering what the insured ask"))
BASIS = _("CH: Art. 84 KVG, Art. 31 DSG. DE: § 284 (1) SGB V, § 94 (1) SGB XI")
SOURCE = _("The insurer's own register of members")
RECIPIENTS = _("The helper who has the file open for a contact; nobody outside the insurer")
LAW = _(
    "Kept while somebody is insured and for the years in which business papers must be kept "
    "(CH: Art. 958f CO. DE: § 304 SGB V, § 110a SGB IV)"
)
# A cover that goes on, or ended so lately that its papers must be kept.
COVERED = """EXISTS (SELECT FROM members_cover c WHERE c.member_id = {member}
    AND (c.ends_on IS NULL OR c.ends_on >= %(day_member_contract)s))"""
MEMBER_COVERED = COVERED.format(member="members_member.id")
HOME_COVERED = f"""EXISTS (SELECT FROM members_member m WHERE m.household_id = members_household.id
    AND {COVERED.format(member="m.id")})"""
ALONE = """NOT EXISTS (SELECT FROM members_member m
    WHERE m.household_id = members_household.id AND m.id <> %(member)s)"""

BLANK_MEMBER = {
    "number": "'X' || id",
    "given_name": "''",
    "family_name": "''",
    "sort_name": "''",
    "born_on": "'1800-01-01'",
    "ahv": "NULL",
    "phone": "''",
    "email": "''",
    "language": "'de'",
    "erased_at": "now()",
}
BLANK_HOME = {"number": "NULL", "street": "''", "postcode": "''", "town": "''", "canton": "''"}

keeping.register(
    Table(
        name="members_cover",
        room="members",
        what=_("What somebody is insured for"),
        columns={
            "id": ROW,
            "member_id": of_member(Data.LINK, _("member")),
            "branch": of_member(Data.INSURANCE, _("branch")),
            "product": of_member(Data.INSURANCE, _("product")),
            "franchise": of_member(Data.INSURANCE, _("franchise")),
            "premium": of_member(Data.INSURANCE, _("premium a month")),
            "currency": of_member(Data.INSURANCE, _("currency")),
            "starts_on": of_member(Data.INSURANCE, _("from")),
            "ends_on": of_member(Data.INSURANCE, _("until")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        given=("branch", "product", "franchise", "premium", "currency", "starts_on", "ends_on"),
        finds={Whom.MEMBER: "member_id = %(member)s"},
        order="starts_on, id",
        member="member_id",
        erased={
            Whom.MEMBER: (
                Erased(Fate.KEEP, "ends_on IS NULL OR ends_on >= %(day_member_contract)s", law=LAW),
                Erased(Fate.DELETE, "ends_on < %(day_member_contract)s"),
            )
        },
        goes=(Goes("member_contract", "ends_on", "ends_on IS NOT NULL", day=True),),
    ),
    Table(
        name="members_member",
        room="members",
        what=_("The insured"),
        columns={
            "id": none(_("the row's own number; says nothing once the row is blank")),
            "number": of_member(Data.NUMBER, _("member number")),
            "given_name": of_member(Data.NAME, _("given name")),
            "family_name": of_member(Data.NAME, _("family name")),
            "sort_name": of_member(Data.NAME, _("name as it is sorted")),
            "born_on": of_member(Data.BIRTH, _("date of birth")),
            "ahv": of_member(Data.GOVERNMENT, _("AHV number")),
            "phone": of_member(Data.PHONE, _("telephone")),
            "email": of_member(Data.MAIL, _("e-mail")),
            "language": of_member(
                Data.LANGUAGE, _("language"), lambda code: dict(Language.choices).get(code, code)
            ),
            "household_id": of_member(Data.LINK, _("household")),
            "erased_at": STATE,
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        given=("number", "given_name", "family_name", "born_on", "ahv", "phone", "email", "language"),
        finds={Whom.MEMBER: "id = %(member)s AND erased_at IS NULL"},
        member="id",
        erased={
            Whom.MEMBER: (
                Erased(Fate.KEEP, MEMBER_COVERED, law=LAW),
                Erased(Fate.BLANK, f"NOT {MEMBER_COVERED}", BLANK_MEMBER),
            )
        },
        # Counts from the last cover that ended. Who never had one is not counted: there is no day to count from.
        goes=(
            Goes(
                "member_contract",
                "(SELECT max(c.ends_on) FROM members_cover c WHERE c.member_id = members_member.id)",
                "erased_at IS NULL AND NOT EXISTS (SELECT FROM members_cover c"
                " WHERE c.member_id = members_member.id AND c.ends_on IS NULL)",
                BLANK_MEMBER,
                day=True,
            ),
        ),
    ),
    Table(
        name="members_household",
        room="members",
        what=_("Where the insured live"),
        columns={
            "id": ROW,
            "number": of_member(Data.NUMBER, _("number of the household")),
            "street": of_member(Data.ADDRESS, _("street")),
            "postcode": of_member(Data.ADDRESS, _("postcode")),
            "town": of_member(Data.ADDRESS, _("town")),
            "canton": of_member(Data.ADDRESS, _("canton")),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        given=("street", "postcode", "town", "canton"),
        finds={Whom.MEMBER: "id = (SELECT household_id FROM members_member WHERE id = %(member)s)"},
        erased={
            Whom.MEMBER: (
                Erased(Fate.KEEP, f"NOT ({ALONE})", law=_("Others who are insured live there")),
                Erased(Fate.KEEP, f"({ALONE}) AND {HOME_COVERED}", law=LAW),
                Erased(Fate.BLANK, f"({ALONE}) AND NOT {HOME_COVERED}", BLANK_HOME),
            )
        },
        goes=(
            Goes(
                "household_empty",
                "(SELECT max(m.erased_at) FROM members_member m WHERE m.household_id = members_household.id)",
                "street <> '' AND NOT EXISTS (SELECT FROM members_member m"
                " WHERE m.household_id = members_household.id AND m.erased_at IS NULL)",
                BLANK_HOME,
            ),
        ),
    ),
)
