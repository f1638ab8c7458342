"""What stands in a note where something was taken out, in the language of the note."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from firsthand.protect.pure.categories import CONFIDED, MEDICAL, Category

SEALED = {"de": "versiegelt", "fr": "scellé", "it": "sigillato", "en": "sealed"}
TAKEN = "[…]"

_WORDS: dict[Category, tuple[str, str, str, str]] = {
    Category.AHV: ("AHV-Nummer", "numéro AVS", "numero AVS", "AHV number"),
    Category.CARD: ("Kartennummer", "numéro de carte", "numero di tessera", "card number"),
    Category.KVNR: (
        "Versichertennummer",
        "numéro d'assuré allemand",
        "numero d'assicurato tedesco",
        "insurance number",
    ),
    Category.RVNR: (
        "Rentenversicherungsnummer",
        "numéro de retraite allemand",
        "numero pensionistico tedesco",
        "pension number",
    ),
    Category.TAX: ("Steuernummer", "numéro fiscal", "numero fiscale", "tax number"),
    Category.IBAN: ("IBAN", "IBAN", "IBAN", "IBAN"),
    Category.PAYMENT_CARD: ("Zahlkarte", "carte de paiement", "carta di pagamento", "payment card"),
    Category.PHONE: ("Telefonnummer", "numéro de téléphone", "numero di telefono", "phone number"),
    Category.MAIL: ("E-Mail-Adresse", "adresse e-mail", "indirizzo e-mail", "e-mail address"),
    Category.BIRTH_DATE: ("Geburtsdatum", "date de naissance", "data di nascita", "date of birth"),
    Category.POLICY: ("Policennummer", "numéro de police", "numero di polizza", "policy number"),
    Category.CLAIM: ("Fallnummer", "numéro de dossier", "numero di pratica", "case number"),
    Category.NIR: (
        "französische Sozialversicherungsnummer",
        "numéro de sécurité sociale",
        "numero sociale francese",
        "French social security number",
    ),
    Category.CODICE_FISCALE: ("Codice fiscale", "codice fiscale", "codice fiscale", "codice fiscale"),
    Category.NAME: ("Name", "nom", "nome", "name"),
    Category.ADDRESS: ("Adresse", "adresse", "indirizzo", "address"),
    Category.HEALTH: ("Gesundheit", "santé", "salute", "health"),
    Category.MEDICATION: ("Medikament", "médicament", "medicamento", "medication"),
    Category.SEPARATION: ("Trennung", "séparation", "separazione", "separation"),
    Category.DEBT: ("Schulden", "dettes", "debiti", "debt"),
    Category.ADDICTION: ("Sucht", "dépendance", "dipendenza", "addiction"),
    Category.VIOLENCE: ("Gewalt", "violence", "violenza", "violence"),
    Category.DEATH: ("Todesfall", "décès", "decesso", "death"),
    Category.PREGNANCY: ("Schwangerschaft", "grossesse", "gravidanza", "pregnancy"),
    Category.WORKPLACE: ("Arbeitsplatz", "travail", "lavoro", "workplace"),
    Category.FAITH: ("Glaube", "religion", "religione", "faith"),
    Category.POLITICS: ("Politik", "politique", "politica", "politics"),
    Category.FAMILY: ("Familie", "famille", "famiglia", "family"),
    Category.SEXUALITY: ("Sexualität", "sexualité", "sessualità", "sexuality"),
    Category.RESIDENCE: ("Aufenthalt", "séjour", "soggiorno", "residence"),
}  # fmt: skip
_LANGUAGES = ("de", "fr", "it", "en")


def word(category: Category, lang: str) -> str:
    """The kind, as a word of the note's language."""
    return _WORDS[category][_LANGUAGES.index(_known(lang))]


@lru_cache(maxsize=256)
def dropped(category: Category, lang: str) -> str:
    """An identifier or a name leaves its kind; of what was confided not even the kind remains."""
    return TAKEN if category in CONFIDED | MEDICAL else f"[{word(category, lang)}]"


@lru_cache(maxsize=256)
def sealed(category: Category, lang: str) -> str:
    return f"[{SEALED[_known(lang)]}: {word(category, lang)}]"


def between(text: str) -> Iterator[tuple[int, str]]:
    """The stretches of a text without these brackets, each with the place where it begins."""
    if "[" not in text:
        yield 0, text
        return
    at = 0
    for bracket in _all().finditer(text):
        if at < bracket.start():
            yield at, text[at : bracket.start()]
        at = bracket.end()
    yield at, text[at:]


@cache
def _all() -> re.Pattern[str]:
    said = {f(kind, lang) for f in (dropped, sealed) for kind in Category for lang in _LANGUAGES}
    return re.compile("|".join(re.escape(one) for one in sorted(said, key=len, reverse=True)))


def _known(lang: str) -> str:
    return lang[:2] if lang[:2] in _LANGUAGES else "de"
