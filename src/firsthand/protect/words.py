"""The categories in words, and what belongs into a note: the one place where pages take them from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from firsthand.kernel.keeping import Goes, Table, Whom
from firsthand.protect.models import Term
from firsthand.protect.pure import laws
from firsthand.protect.pure.categories import CONFIDED, IDENTIFIERS, MEDICAL, WHO, Category
from firsthand.protect.pure.clocks import Unit

CATEGORIES: dict[Category, Promise] = {
    Category.AHV: _("AHV number"),
    Category.CARD: _("number of the insurance card"),
    Category.KVNR: _("health insurance number"),
    Category.RVNR: _("pension insurance number"),
    Category.TAX: _("tax number"),
    Category.IBAN: _("bank account"),
    Category.PAYMENT_CARD: _("payment card"),
    Category.PHONE: _("phone number"),
    Category.MAIL: _("e-mail address"),
    Category.BIRTH_DATE: _("date of birth"),
    Category.POLICY: _("policy number"),
    Category.CLAIM: _("claim number"),
    Category.NIR: _("French social security number"),
    Category.CODICE_FISCALE: _("Italian tax code"),
    Category.NAME: pgettext_lazy("found in a text", "name"),
    Category.ADDRESS: pgettext_lazy("found in a text", "address"),
    Category.HEALTH: _("health"),
    Category.MEDICATION: _("medication"),
    Category.SEPARATION: _("separation"),
    Category.DEBT: _("debt"),
    Category.ADDICTION: _("addiction"),
    Category.VIOLENCE: _("violence"),
    Category.DEATH: _("a death"),
    Category.PREGNANCY: _("pregnancy"),
    Category.WORKPLACE: _("trouble at work"),
    Category.FAITH: _("faith"),
    Category.POLITICS: _("politics"),
    Category.FAMILY: _("conflict in the family"),
    Category.SEXUALITY: _("sexuality"),
    Category.RESIDENCE: _("residence status"),
}

# The groups in which a page shows thirty categories.
GROUPS: dict[str, tuple[Promise, frozenset[Category]]] = {
    "confided": (_("What people confide"), CONFIDED),
    "medical": (_("Health"), MEDICAL),
    "who": (_("Name and address"), WHO),
    "numbers": (_("Numbers"), IDENTIFIERS),
}

# The catalogue's topics, as the supervisor's documents name them.
TOPICS: dict[str, Promise] = {
    "praemie": _("premium"),
    "kuendigung": _("cancelling basic insurance"),
    "zusatz": _("cancelling supplementary insurance"),
    "franchise": _("deductible"),
    "modell": _("insurance model"),
    "rueck": _("invoices and reimbursement"),
    "leistung": _("benefits"),
    "ipv": _("premium reduction"),
    "unfall": _("accident cover"),
    "umzug": _("moving"),
    "familie": _("family"),
    "sonder": _("military service and abroad"),
    "admin": _("card, login, certificates"),
    "beitrag": _("contributions"),
    "wechsel": _("joining or leaving"),
    "krankengeld": _("sick pay"),
    "karte": _("health card and patient record"),
    "zuzahlung": _("co-payments"),
    "pflege": _("long-term care"),
    "widerspruch": _("objections"),
}

# One line beside the note, by topic of the catalogue: what belongs there.
ADVICE: dict[str, Promise] = {
    "praemie": _("The premium that was asked about, the reason you gave, what was agreed."),
    "kuendigung": _("Which contract, by which day, what is still missing."),
    "zusatz": _("Which product, which notice period, what was agreed."),
    "franchise": _("The deductible asked for and from when. Not why somebody wants it."),
    "modell": _("The model asked for and from when. Not what somebody is treated for."),
    "rueck": _("Which invoice, its state, what is still missing."),
    "leistung": _("The treatment asked about, what is covered, what a doctor must send."),
    "ipv": _("The canton, the state of the application, what is still missing."),
    "unfall": _("From when accident cover changes, and which proof is missing."),
    "umzug": _("From when, for whom, and what changes with it. The address has its own field."),
    "familie": _("Who is to be insured, from when, and what is still missing."),
    "sonder": _("Which special case, from when, and which proof is missing."),
    "admin": _("What was ordered or set up, and when it arrives."),
    "beitrag": _("The contribution asked about, the period, which proof is missing."),
    "wechsel": _("From when, and which confirmation is missing."),
    "krankengeld": _("The period, the state of the claim, which certificate is missing."),
    "karte": _("What was ordered, and when it arrives."),
    "zuzahlung": _("The year, the state of the exemption, which receipts are missing."),
    "pflege": _("The care level asked about, the state of the application, what is missing."),
    "widerspruch": _("Which decision, by which day, what somebody wants changed."),
}
GENERAL = _("What was asked, what was agreed, what is still missing. Nothing about a person's life.")
_OPEN = _("Which payments are open, for which months, and what was agreed.")
# Concerns about something else than the topic that they are answered under; see purposes.BY_CONCERN.
ADVICE_OF: dict[str, Promise] = {
    "CH13": ADVICE["rueck"],
    "CH26": _OPEN,
    "CH30": ADVICE["leistung"],
    "CH31": ADVICE["praemie"],
    "CH32": ADVICE["kuendigung"],
    "DE02": ADVICE["wechsel"],
    "DE06": _OPEN,
    "DE12": ADVICE["krankengeld"],
    "DE16": GENERAL,
    "DE20": GENERAL,
}


def of(category: str) -> Promise | str:
    try:
        return CATEGORIES[Category(category)]
    except ValueError:
        return category


ERASED = "[… erased …]"  # what the database has in place of a reason that was taken out: sql/access.sql


def said(words: str) -> str:
    """What somebody wrote; what was taken out says so in the reader's language."""
    return f"[… {gettext('erased')} …]" if words == ERASED else words


def law(ground: object) -> str:
    """A ground that names the law of both countries, as it holds where this insurer is."""
    return laws.of(settings.COUNTRY, str(ground))


def topic(code: str) -> str:
    return str(TOPICS.get(code, code))


def advice(topic: str, concern: str = "") -> Promise:
    return ADVICE_OF.get(concern) or ADVICE.get(topic, GENERAL)


def told(category: Category) -> bool:
    """Something about a life, and not a number or a name: "sounds like"."""
    return category in CONFIDED | MEDICAL


def length(amount: int, unit: Unit) -> str:
    """As one says it: two years, eighteen months, thirty days."""
    if unit is Unit.MONTHS and amount % 12 == 0:
        years = amount // 12
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return {
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", amount),
        Unit.DAYS: ngettext("%(n)d day", "%(n)d days", amount),
        Unit.HOURS: ngettext("%(n)d hour", "%(n)d hours", amount),
        Unit.MINUTES: ngettext("%(n)d minute", "%(n)d minutes", amount),
    }[unit] % {"n": amount}


def told_apart(sentences: Iterable[tuple[Goes, Term, str]]) -> list[str]:
    """Each once; of different ones, and of one that is about a part of the row, each says what it is about."""
    said: dict[str, dict[str, None]] = {}
    whole = True
    for goes, term, sentence in sentences:
        said.setdefault(sentence, {})[str(term.says)] = None
        whole = whole and not goes.blanks
    if whole and len(said) == 1:
        return list(said)
    return [f"{', '.join(about)}: {sentence}" for sentence, about in said.items()]


def stays(table: Table, *whom: Whom, law: Callable[[object], str] = str) -> str:
    """How long rows are kept that have no clock of their own: the law, or what they belong to."""
    fates = [fate for one in whom or table.erased for fate in table.erased.get(one, ())]
    laws = dict.fromkeys(law(fate.law) for fate in fates if fate.law)
    return "; ".join(laws) or gettext("with what it belongs to")


def lasts(term: Term, amount: int) -> str:
    """“24 months from: the note was written”."""
    return gettext("%(length)s from: %(event)s") % {"length": length(amount, term.unit), "event": term.event}
