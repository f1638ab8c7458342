"""A date of birth among the many dates of a note: letters, deadlines, appointments are none."""

import re
from collections.abc import Iterator
from datetime import date

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen.found import Span

_MONTH = (
    "januar|janner|jaenner|janvier|gennaio|january|februar|feber|fevrier|febbraio|february|marz|maerz|mars|marzo|march|"
    "april|avril|aprile|mai|maggio|may|juni|juin|giugno|june|juli|juillet|luglio|july|august|aout|agosto|"
    "september|septembre|settembre|oktober|octobre|ottobre|october|november|novembre|dezember|decembre|dicembre|december|"
    "jan|janv|gen|feb|fevr|mar|apr|avr|jun|jul|juil|aug|ago|sept|sep|sett|okt|oct|ott|nov|dez|dec|dic"
)
_CUE = re.compile(
    r"(?<![a-z])(?:geb|geboren|geborene[rn]?|geburtsdatum|geb-?dat\w*|gebd|gd|geburtstag|jg|"
    r"jahrgang|nee?|ne\(e\)|naissance|nati?|nata|nato|"
    r"nascita|born|dob|d\.o\.b|date of birth|birthday|birth ?date|anniversaire|compleanno|nasc|"
    r"geburt|geboren am)(?![a-z])(?: [a-z]{2,14}(?= (?:il|le|on|am)\b))?[^a-z\d]{0,4}"
    r"(?:(?:am|im|le|la|il|en|nel|l'|on|in|the|den|ist|est|e|is|war|du|di|datum|of|birth|der|vom|"
    r"jahr|anno|au|was|jeweils|stimmt|"
    r"korrekt|richtig|neu)[^a-z\d]{1,4}){0,3}$|\*[ ]?$"
)
_DAY_FIRST = (
    rf"\d(?<!\d\d)\d?(?:\.|er|st|nd|rd|th|°|"
    rf"º)?[ ]?(?:of[ ])?(?:{_MONTH})\.?[ ,]{{0,2}}(?:\d{{4}}|'?\d{{2}})(?!\d)"
)
_WRITTEN = re.compile(_DAY_FIRST)
# "March 12, 1980" is looked for at every letter: only in a text where such a day stands behind such an end. The
# digit is asked for first: behind most spaces a word begins.
_ENDS = "|".join(sorted({month[-3:] for month in _MONTH.split("|")}))
_MONTH_FIRST = re.compile(
    rf"[ ](?=\d)(?:(?<=(?:{_ENDS})[ ])|(?<=(?:{_ENDS})\.[ ]))\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}(?!\d)"
)
_EITHER = re.compile(rf"{_DAY_FIRST}|(?<!\d)(?:{_MONTH})\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}(?!\d)")
_YEAR = re.compile(
    r"(?<![a-z])(?:jg|jahrgang|geburtsjahr|annee de naissance|anno di nascita|year of birth|"
    r"classe)\.?:?[ ](?P<year>(?:19|20)\d\d|'?\d\d)(?!\d)"
    r"|(?<![a-z])(?:geb|geboren|nee?|nat[oa]|born)\.?[ ](?:(?:im jahr|im|in|en|nel|anno)[ ])?(?:(?:"
    + _MONTH
    + r")[ ])?(?P<bare>(?:19|20)\d\d)(?![\d.])"
    r"|(?<!\d)(?P<turned>(?:19|20)\d\d)[ -](?:geboren|born|geb\b)"
)
_DAY = re.compile(
    r"(?<![a-z])(?:geburtstag|geburt|geb|geboren|nee?|nat[oa]|born)\.?[ ](?:(?:am|le|il|on|ist am|"
    r":)[ ])?(?P<day>\d{1,2}(?:\.|er)?[ ]?(?:\d{1,2}\.(?!\d)|(?:" + _MONTH + r")(?![a-z ]*\d)))"
)
# Where one of the two can begin: they are tried there and nowhere else. None begins inside of another.
_BEGINS = re.compile(r"jg|jahrgang|geb|annee|anno|year|classe|ne|nat|born|19\d|20\d")
# "Kind Jason, 8.8.2019", "Mutter von Mats (04/2021)": beside a relative's name.
_CHILD = re.compile(
    r"(?<![a-z])(?:kind|kinder|sohn|tochter|enkel|enkelin|baby|zwillinge|mutter von|vater von|fils|"
    r"fille|enfant|figli[ao]|bimb[oa]|"
    r"son|daughter|child)[ :]+[a-z-]{2,15}(?:[ -][a-z-]{2,15})?[ ,(]{1,3}$"
)
_MONTH_YEAR = re.compile(r"(?:0[1-9]|1[0-2])(?<![\d./]..)[/.](?:19|20)\d\d(?![\d./])")
# After these a date is one of a letter, a contract, a treatment.
_OTHER = re.compile(
    r"(?<![a-z])(?:vom|seit|ab|am|per|bis|von|zum|auf|dem|den|spatestens|frist|termin|datiert|"
    r"eingang|du|depuis|des|des le|le|jusqu'au|au|"
    r"dal|al|il|entro|del|fino al|since|from|on|until|by|dated|to|und|et|e|and|gultig|unfall|"
    r"eintritt|beginn|start|datum|date|data|mutation)"
    r"(?![a-z])[ .:]{0,3}$"
)
_AFTER = re.compile(r"[ )]{0,2}(?:geb(?:oren)?|\(?geburtsdatum|\(?geb\.?-?dat)\b")
_BORN = re.compile(
    r"geb|gd$|jg|jahrgang|kind|sohn|tochter|enkel|baby|zwilling|mutter|vater|fils|fille|enfant|figli|bimb|son|"
    r"daughter|child|born|birth|dob|b$|nee?$|nat[oai]?$|naiss|nasc|classe|anniv|comple"
)
OLDEST, YOUNGEST = 1900, 2007  # without a word that says "born", a later year is rather a letter's


def birth(written: str, before: str, after: str) -> bool:
    """Is this numeric date one of birth? By the words beside it; without any by its year."""
    year = _year(written)
    if not year:
        return False
    if _CUE.search(before) or _CHILD.search(before) or _AFTER.match(after):
        return True
    return OLDEST < year <= YOUNGEST and len(written) >= 8 and not _OTHER.search(before)


def born(word: str) -> bool:
    """A word without which no date of a text is said to be one of birth."""
    return _BORN.match(word) is not None


def written_dates(folded: str) -> Iterator[Span]:
    """Dates with the name of a month, years and days that are said to be of birth."""
    for match in (_EITHER if _MONTH_FIRST.search(folded) else _WRITTEN).finditer(folded):
        before = folded[max(0, match.start() - 60) : match.start()]
        if _CUE.search(before) or _AFTER.match(folded, match.end()):
            yield _span(match.start(), match.end())
    for match in _MONTH_YEAR.finditer(folded):
        before = folded[max(0, match.start() - 60) : match.start()]
        if _CUE.search(before) or _CHILD.search(before):
            yield _span(match.start(), match.end())
    begins = [match.start() for match in _BEGINS.finditer(folded)]
    for pattern in (_YEAR, _DAY):
        behind = 0
        for begin in begins:
            if begin >= behind and (found := pattern.match(folded, begin)):
                behind = found.end()
                yield _span(*found.span(found.lastgroup or 0))


def _year(written: str) -> int:
    """The year of a day that exists; 0 if there is no such day."""
    first, second, third = (int(part) for part in re.findall(r"\d+", written))
    day, month, year = (third, second, first) if first > 31 else (first, second, third)
    if year < 100 and first <= 31:
        year += 1900 if year > 26 else 2000
    try:
        return date(year, month, day).year
    except ValueError:
        return 0


def _span(start: int, end: int) -> Span:
    return Span(start, end, Category.BIRTH_DATE, (start, end))
