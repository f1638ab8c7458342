"""Words right before a number that say what it is, in four languages. They are read in folded text."""

import re

from firsthand.protect.pure.categories import Category

# What may stand between the word and the number: "AHV-Nr.: ", "numéro de police est le ".
_LINK = (
    r"(?:[ .:#=,(-]|\b(?:nr|nrn|no|n|num|nummer|numero|number|numéro|neu|neue|ist|est|e|is|le|il|la|"
    r"lautet|gemass|"
    r"der|die|das|alt|alte|vom|von|sa|son|sua|suo|ihre|seine|unter|auf|sur|al|at|on|under|den|dem|"
    r"o)\b|n[°º]|°){0,8}"
)
_WORDS: dict[Category, str] = {
    Category.AHV: r"ahv|avs|ahvn13|navs|navs13|sozialversicherungs(?:nr|nummer)|sv|numero avs|"
    r"social security",
    Category.CARD: r"veka|ehic|(?:versicherten|versicherungs|kranken)?karten?|kartennummer|"
    r"carte(?: d'assure)?|"
    r"covercard|tessera|carta|insurance card|kenn(?:nr|nummer) der karte",
    Category.KVNR: r"kvnr|kv|kvn|krankenversicherten(?:nr|nummer)|versicherten(?:nr|nummer)?|egk",
    Category.RVNR: r"rvnr|rv|rentenversicherungs(?:nr|nummer)?|drv|sozialversicherungs(?:nr|nummer)|svnr",
    Category.TAX: r"steuer(?:-?id|identifikations)?(?:nr|nummer)?|idnr|tin|steuer(?:liche)? ?id\w*|"
    r"tax(?: id)?|id",
    Category.IBAN: r"iban|konto|kontonummer|compte|conto|account",
    Category.PAYMENT_CARD: r"kreditkarten?|kreditkartennummer|visa|mastercard|karte|carte|carta|"
    r"card|zahlkarte|amex|carte de credit|carta di credito|"
    r"credit card|debitkarte|debit card|maestro|postfinance card",
    Category.NIR: r"nir|securite sociale|secu|insee",
    Category.CODICE_FISCALE: r"codice fiscale|cf|c\.f|cod\. ?fisc",
    Category.PHONE: r"tel|telefon|telefonnummer|telefonisch|handy|handynummer|natel|natelnummer|"
    r"mobil|mobile|mobiltel|"
    r"ruckruf|ruckrufnummer|zuruckrufen|erreichbar|anrufen|fax|rufnummer|telephone|portable|"
    r"joignable|rappeler|rappel|"
    r"cellulare|telefono|cell|richiamare|raggiungibile|reachable|call back|phone|cellphone|whatsapp",
    Category.BIRTH_DATE: r"geb|geboren|geburtsdatum|geburtstag|gebdat|gebd|jg|jahrgang|nee?|ne\(e\)|"
    r"naissance|"
    r"nat[oa]|nascita|born|dob|birth|birthday|d\.o\.b|anniversaire|compleanno",
    Category.POLICY: r"vnr|vers-?nr|lca|vvg|police|zusatz|policen|antrag police|policen?|policennr|"
    r"policennummer|vertrags?|vertrag|vertragsnr|vertragsnummer|"
    r"mitglieds?|mitgliedsnr|mitgliedsnummer|kunden|kundennr|kundennummer|versicherungsschein|"
    r"versicherungsscheinnummer|versicherungspolice|contrat|polizza|contratto|policy|contract|"
    r"numero d'assure|n d'assure|no d'assure|numero cliente|numero client|client|cliente|member|membership|"
    r"customer|partner|partnernr|partnernummer|vp|vn|vs",
    Category.CLAIM: r"aktenz|giustificativo|garanzia|garantie|kogu|beleg-?nr|file|vorgangs?-?nr|"
    r"gutachten|gz|gesch\.-?z|sachb|schaden|schadens?|schadennr|schadennummer|schadenfall|unfall|"
    r"unfallnr|unfallnummer|fall|"
    r"fallnr|fallnummer|leistungsfall|vorgang|vorgangsnr|vorgangsnummer|dossier|dossiernr|"
    r"dossiernummer|geschaft|geschaftsnr|"
    r"sinistre|cas|sinistro|pratica|caso|claim|claims|case|referenz|referenznr|referenznummer|ref|reference|"
    r"riferimento|rif|aktenzeichen|az|geschaftszeichen|beleg|belegnr|abrechnung|abrechnungsnr|"
    r"leistungsabrechnung|leistungsabrechnungs|decompte|conteggio|ticket|ticketnr|vorgangs|antrag|"
    r"antrags|antragsnr|antragsnummer|"
    r"statement|rechnungs|rechnungsnr|rechnungsnummer|facture|fattura|invoice|betreibungs?|"
    r"betreibung|betreibungsnr|verfugung|bescheid|"
    r"kostengutsprache|kogu|statement of benefits|file|demande|dossiers",
}


def _by_letter(said: str) -> str:
    """The same words, tried by their first letter: where none begins so, the place is left at once."""
    groups: dict[str, list[str]] = {}
    for word in _TOP.split(said):
        plain = word[0].isalpha() and word[1:2] not in set("?*+{")
        groups.setdefault(word[0] if plain else "", []).append(word[plain:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())


_TOP = re.compile(r"\|(?![^()]*\))")  # no "|" inside of brackets
_TOLD = {
    category: re.compile(rf"(?<![a-z])(?:{_by_letter(said)})(?![a-z]){_LINK}$")
    for category, said in _WORDS.items()
}
_ANY = re.compile(rf"(?<![a-z])(?:{_by_letter('|'.join(_WORDS.values()))})(?![a-z]){_LINK}$")
_NUMBERED = re.compile(r"(?<![a-z])(?:nr|no|nummer|numero|number|n°)[ .:]{1,3}$")
_NUMBER = re.compile(
    r"(?:[a-z]{1,5}[ .-]?)?\d[\da-z]*(?:[ ]?[./-][ ]?[\da-z]*\d[\da-z]*|[/-][a-z]{1,3}(?=[/-]\d)|"
    r"[ ]\d[\da-z]*){0,6}"
)
_LAW = re.compile(
    r"\b(?:art|artikel|abs|ziff|para|comma|cpv|al|let|lit|bge|atf|dtf|bsg|bgh|urteil|arret|sentenza)\b|§"
)
_DIAGNOSIS = re.compile(
    r"(?<![a-z])(?:icd|icd-10|icd10|diagnose|diag|dg|dx|diagnostic|diagnosi|diagnosis)(?![a-z])[ .:(=-]*$"
)


def told(before: str) -> Category | None:
    """The kind that the words right before a number name; the longest word decides between two."""
    match = _ANY.search(before) if before else None
    if not match:
        return None
    # All end at the number: the first to begin is the longest.
    best = next(category for category, pattern in _TOLD.items() if pattern.match(before, match.start()))
    if best in (Category.POLICY, Category.CLAIM) and _LAW.search(before[-25:]):
        return None
    return best


def numbered(before: str) -> Category | None:
    """ "Nr. KG-118-20446": whatever it is, it is the number of a file of the house."""
    return Category.CLAIM if _NUMBERED.search(before) else None


def diagnosis(before: str) -> bool:
    return bool(_DIAGNOSIS.search(before))


def number_end(folded: str, start: int) -> int:
    """Where the number of a policy or claim ends; 0 if it is too short to be one (a year, an amount)."""
    match = _NUMBER.match(folded, start)
    if not match:
        return 0
    end = match.end()
    digits = sum(letter.isdigit() for letter in match.group())
    return end if digits >= 5 or (digits >= 4 and end - start > digits + 1) else 0
