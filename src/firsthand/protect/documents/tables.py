"""The tables in the documents, as Markdown: one row for what the registry declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firsthand.kernel.keeping import Data, Goes, Table
from firsthand.people.models import Role
from firsthand.protect import registry, words
from firsthand.protect.documents.facts import House, fate_words, kept_for, whom_words, whose
from firsthand.protect.models import TERMS, Purpose, Term
from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.needs import DEFAULT, Needs

# The database logins that serve somebody.
ZONES = ("front", "casework", "outreach", "learn", "protection")


def all_of(house: House, questions: Mapping[str, str]) -> dict[str, object]:
    return {
        "purposes_ch": purposes("CH"),
        "purposes_de": purposes("DE"),
        "activities": activities(house),
        "terms": terms(house),
        "steps": steps(house),
        "erasure": erasure(house),
        "kept": kept(house),
        "columns": columns(),
        "screened": screened(house, DEFAULT),
        "exceptions": exceptions(house, DEFAULT, questions),
        "seen": seen(house),
        "roles": roles(),
        "rights": rights(house),
        "table_count": len(registry.tables()),
        "personal_count": len(registry.personal()),
    }


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|") or "–"


def _listed(values: Iterable[object]) -> str:
    return "; ".join(dict.fromkeys(str(value) for value in values if str(value)))


def purposes(country: str) -> str:
    return markdown(
        [_("Purpose"), _("Legal basis"), _("Branch"), _("Offered at the desk")],
        [
            [one.label, one.basis, _branch(one), _("yes") if one.at_desk else _("no")]
            for one in Purpose
            if one.country == country
        ],
    )


def _branch(purpose: Purpose) -> str:
    return _("supplementary insurance") if purpose.branch == "supplementary" else _("basic insurance")


def _terms_here(house: House, table: Table) -> Iterable[tuple[Goes, Term, str]]:
    return ((goes, TERMS[goes.clock], kept_for(house, goes)) for goes in house.goes(table))


def activities(house: House) -> list[dict[str, object]]:
    """One processing activity for each table that holds personal data."""
    return [
        {
            "title": table.what,
            "name": table.name,
            "rows": markdown(
                [pgettext("document", "Question"), pgettext("document", "Answer")],
                [
                    [_("Purposes"), _listed(table.purposes)],
                    [_("Legal basis"), house.law(table.basis)],
                    [_("Whose data"), _listed(whom_words(whom) for whom in whose(table))],
                    [_("Categories of data"), _listed(data_words(data) for data in _data(table))],
                    [_("Where they come from"), table.source],
                    [_("Recipients"), table.recipients],
                    [
                        pgettext("document", "Kept"),
                        _listed(
                            words.told_apart(_terms_here(house, table)) or [words.stays(table, law=house.law)]
                        ),
                    ],
                ],
            ),
        }
        for table in registry.personal()
    ]


def _data(table: Table) -> list[Data]:
    found = {column.data for column in table.columns.values()}
    return [data for data in Data if data in found]


def terms(house: House) -> str:
    """Notes for several purposes that are kept alike stand in one line."""
    alike: dict[tuple[str, ...], list[Term]] = defaultdict(list)
    for term in house.terms():
        alike[(_("Notes: %(purpose)s") if term.purpose else str(term.says), *_term(house, term))].append(term)
    return markdown(
        [_("What"), _("Kept for"), _("counted from"), _("The insurer may set"), _("Ground")],
        [[_said(what, same), *rest] for (what, *rest), same in alike.items()],
    )


def _said(what: str, same: Sequence[Term]) -> str:
    return what % {"purpose": _listed(term.says for term in same)} if same[0].purpose else what


def _term(house: House, term: Term) -> tuple[str, ...]:
    bounds = f"{words.length(term.lower, term.unit)} – {words.length(term.upper, term.unit)}"
    return (
        words.length(house.amount(term), term.unit),
        str(term.event),
        _("fixed") if term.fixed else bounds,
        house.law(term.law),
    )


def steps(house: House) -> str:
    lines = [
        (
            str(table.what),
            f"`{table.name}`",
            kept_for(house, goes),
            _happens(goes),
            str(goes.by_itself or _("the nightly run")),
        )
        for table in registry.tables()
        for goes in house.goes(table)
    ]
    return markdown(
        [_("What"), _("Table"), _("When"), _("What happens"), _("Who does it")], dict.fromkeys(lines)
    )


def _happens(goes: Goes) -> str:
    if goes.blanks:
        return _("%(columns)s made blank") % {"columns": ", ".join(f"`{name}`" for name in goes.blanks)}
    if goes.months:
        return _("the month is deleted when its last day is over; a record of it stays")
    return _("the row is deleted")


def erasure(house: House) -> str:
    return markdown(
        [_("What"), _("Of whom"), _("What becomes of it"), _("Why it is kept")],
        [
            [table.what, whom_words(whom), fate_words(erased.fate), house.law(erased.law)]
            for table in registry.personal()
            for whom, fates in table.erased.items()
            for erased in fates
        ],
    )


def kept(house: House) -> str:
    """Tables that hold personal data and have no clock: each needs its word in the deletion concept."""
    return markdown(
        [_("What"), _("Table"), _("How it goes")],
        [
            [table.what, f"`{table.name}`", _without_clock(house, table)]
            for table in registry.personal()
            if not table.goes
        ],
    )


def _without_clock(house: House, table: Table) -> str:
    laws = _listed(house.law(erased.law) for fates in table.erased.values() for erased in fates)
    return laws or _("with the row that it belongs to, or when somebody asks to be erased")


def columns() -> list[dict[str, object]]:
    return [
        {
            "title": table.what,
            "name": table.name,
            "rows": markdown(
                [_("Column"), _("In words"), _("Category"), _("Whose, or why it is nobody's")],
                [
                    [
                        f"`{name}`",
                        column.says,
                        f"{data_words(column.data)} (`{column.data.value}`)" if column.data else "",
                        _listed(whom_words(whom) for whom in sorted(column.whom)) or column.why,
                    ]
                    for name, column in table.columns.items()
                ],
            ),
        }
        for table in registry.tables()
    ]


def screened(house: House, needs: Needs) -> str:
    """For each category: the topics in which it is needed as a rule, and what becomes of it elsewhere."""
    here = {topic for code, topic in needs.topic_of.items() if code.startswith(house.country)}
    return markdown(
        [_("Category"), _("Needed as a rule in"), _("Elsewhere")],
        [
            [
                words.of(category),
                _topics({one for one in here if category in needs.topics[one]}, here),
                _("sealed") if needs.of("", "admin", category).otherwise == "seal" else _("taken out"),
            ]
            for category in Category
        ],
    )


def _topics(some: set[str], every: set[str]) -> str:
    return _("every topic") if some == every else ", ".join(sorted(words.topic(one) for one in some))


def exceptions(house: House, needs: Needs, questions: Mapping[str, str]) -> str:
    """Concerns that need more or less than their topic's rule."""
    return markdown(
        [_("Concern"), _("Topic"), _("Needed")],
        [
            [
                questions.get(code, code),
                words.topic(needs.topic_of[code]),
                ", ".join(str(words.of(one)) for one in sorted(needed)),
            ]
            for code, needed in sorted(needs.concerns.items())
            if code.startswith(house.country) and needed != needs.topics[needs.topic_of[code]]
        ],
    )


def seen(house: House) -> dict[str, str]:
    """Where each risk of the assessment was seen: laws and cases of this insurer's country."""
    where = {
        "short_staff": _("DE: BfDI, 23rd report, no. 11.1.4"),
        "notes": _("CNIL on free-text fields, 2019; DE: BfDI, 24th report"),
        "sales": _("CH: Federal Administrative Court A-3548/2018, BAG circular 7.1"),
        "calls": _("CH: Art. 19b KVAG. DE: § 7, 7a UWG"),
        "colleagues": _("DE: § 35 (1) SGB I"),
        "curious": _("CH: Art. 4 DPO. DE: § 67c (4) SGB X"),
        "never_deleted": _("DE: BfDI, 25th report, no. 13.10"),
        "watched": _("CH: Art. 26 ArGV 3. DE: § 87 BetrVG"),
    }
    return {risk: house.law(ground) or "–" for risk, ground in where.items()}


def roles() -> str:
    may = {
        Role.HELPER: _("One file, of the caller who was verified, while the contact lasts"),
        Role.ADVISOR: _(
            "As a helper; one file for a quarter of an hour with a reason that is reviewed; "
            "of a member who may be called to advertise, name and telephone"
        ),
        Role.SPECIALIST: _("As an advisor, without calls to advertise; is asked by helpers"),
        Role.ORGANISER: _(
            "The room as counts; people and their readiness; of a member who may be called to advertise, "
            "name and telephone; no file"
        ),
        Role.OWNER: _("Observations, screened for personal data; no file"),
        Role.EXECUTIVE: _("As a helper; the board; never a colleague's file"),
        Role.PROTECTION: _("Who looked, requests, terms, the matrix; a file only for a request, on record"),
    }
    return markdown([_("Role"), _("May see")], [[role.label, may[role]] for role in Role])


def rights(house: House) -> str:
    """What PostgreSQL lets each login do with each table that holds personal data."""
    return markdown(
        [_("Table"), *[f"`{zone}`" for zone in ZONES]],
        [
            [f"`{table.name}`", *(_rights(house, table, zone) for zone in ZONES)]
            for table in registry.personal()
        ],
    )


def _rights(house: House, table: Table, zone: str) -> str:
    """`s-password` as config/zones.py has it: to be read but for that column."""
    return house.rights.get(table.name, {}).get(zone, "")


def data_words(data: Data) -> str:
    return {
        Data.NAME: _("names"),
        Data.NUMBER: _("numbers that the insurer or the house gave"),
        Data.LINK: _("links to the person"),
        Data.GOVERNMENT: _("numbers that the state gave"),
        Data.BIRTH: _("dates of birth"),
        Data.LANGUAGE: _("languages"),
        Data.ADDRESS: _("addresses"),
        Data.PHONE: _("telephone numbers"),
        Data.MAIL: _("e-mail addresses"),
        Data.INSURANCE: _("insurance cover"),
        Data.HEALTH: _("health, also what somebody asked a health insurer"),
        Data.WORDS: _("free text"),
        Data.BEHAVIOUR: _("when somebody did what"),
        Data.CONSENT: _("consents and objections"),
        Data.DEVICE: _("devices and open pages"),
        Data.CREDENTIALS: _("what somebody signs in with"),
        Data.WORK: _("work: team, roles, readiness"),
    }[data]
