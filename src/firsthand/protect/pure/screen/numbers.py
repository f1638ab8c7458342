"""Numbers that find a person in another register, and the many that do not: amounts, years, articles.

Nothing is looked for at every letter: the text is tried where a digit stands, once for each run of digits.
A number with the right checksum is one; a wrong checksum still counts right after words that say what it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen import checksums, cues, dates, phones
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.words import Words

_DIGIT = re.compile(r"\d")
_STRETCH = re.compile(r"\d[\da-z]*(?:[ ./'()+-]{1,3}[\da-z]*\d[\da-z]*){0,6}")
FEWEST = 4  # digits: a day "1.1.26", the number of a claim
APART = 3  # "12a b3": with more than two words between them, digits are of no one number
_BEFORE = 60  # letters before a number in which words say what it is
_REACH = 12  # letters that may stand in front of the first digit and belong to it (codice fiscale: six)
_GLUE = " .-/"
LONGER = 5  # a word of four letters and a space: no number begins with such a word

_SHAPE = re.compile(
    r"""
      (?P<ahv>     756[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d{2}(?!\d) | \d{3}\.\d{2}\.\d{3}\.\d{3}(?!\d) )
    | (?P<date>    (?:\d{1,2}(?P<by>[./-])[ ]?\d{1,2}(?P=by)[ ]?(?:\d{4}|\d{2})
                     | (?:19|20)\d\d-[01]\d-[0-3]\d)(?![\d.]?\d) )
    | (?P<amount>  \d{1,3}(?:'\d{3})+(?:\.\d\d|\.-)?(?!\d) )
    | (?P<card>    80[ ]?\d(?:[ .]?\d){17}(?!\d) )
    | (?P<fiscal>  [a-z]{3}[ ]?[a-z]{3}[ ]?[\dlmnpqrstuv]{2}[abcdehlmprst][\dlmnpqrstuv]{2}
                     [ ]?[a-z][\dlmnpqrstuv]{3}[a-z](?!\w) )
    | (?P<kvnr>    [a-z][ ]?\d{3}[ ]?\d{3}[ ]?\d{3}(?!\w) )
    | (?P<rvnr>    \d{2}[ ]?\d{6}[ ]?[a-z][ ]?\d{3}(?!\w) )
    | (?P<atc>     [abcdghjlmnprsv]\d\d[a-z]{2}\d\d(?!\w) )
    | (?P<icd>     [a-z]\d\d(?:\.\d{1,2})?(?!\w) )
    | (?P<nir>     [12][ ]?\d\d[ ]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ]?(?:\d\d|2[ab])[ ]?\d{3}[ ]?\d{3}
                     (?:[ ]?/?[ ]?\d\d)?(?!\d) )
    | (?P<payment> \d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?!\d) | 3\d{3}[ -]?\d{6}[ -]?\d{5}(?!\d) )
    | (?P<tax>     [1-9]\d[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}(?!\d) )
    """,
    re.VERBOSE,
)
Checked = tuple[Category, Callable[[str], bool]]
_CHECKS: dict[str, Checked] = {
    "ahv": (Category.AHV, checksums.ahv),
    "card": (Category.CARD, checksums.card),
    "fiscal": (Category.CODICE_FISCALE, checksums.fiscal),
    "kvnr": (Category.KVNR, checksums.kvnr),
    "rvnr": (Category.RVNR, checksums.rvnr),
    "nir": (Category.NIR, checksums.french),
    "payment": (Category.PAYMENT_CARD, checksums.payment),
    "tax": (Category.TAX, checksums.tax),
}
# Formats so rare that a wrong checksum makes them a mistyped number and no other number.
_BY_FORM = frozenset({"ahv", "card", "fiscal"})
_OTHERWISE = frozenset({Category.POLICY, Category.CLAIM, Category.PHONE})
_LETTERS = re.compile(r"(?<![a-z])[a-z]{1,5}[ ./-]$")  # "P-7714-208": they belong to the number
_PATTERNS = Sequence[tuple[Category, "re.Pattern[str]"]]


def numbers(original: str, folded: str, split: Words, digits: list[int], lang: str) -> Iterator[Span]:
    """`digits`: which words are runs of digits."""
    at = 0
    for place, following in zip_longest(digits, digits[1:], fillvalue=len(folded)):
        if at >= split.ends[place]:
            continue
        digit = max(at, split.starts[place])
        start = _begin(folded, digit, at)
        if start == digit and _few(folded, digit, following - place):
            at = _run_end(folded, digit)
            continue
        found, at = _one(original, folded, start, digit, lang)
        at = max(at, _run_end(folded, digit))
        if found:
            yield found


def _few(folded: str, digit: int, following: int) -> bool:
    """Fewer digits than the shortest number of anything: most numbers of a note are amounts and counts.

    `following`: how many words on the next digits stand.
    """
    if folded[digit : digit + FEWEST].isdecimal():
        return False
    if following > APART:
        return True
    stretch = _STRETCH.match(folded, digit)
    return stretch is not None and len(_DIGIT.findall(stretch.group())) < FEWEST


def _begin(folded: str, digit: int, floor: int) -> int:
    """Back over letters, "+" and brackets that belong to the number: CH93…, A123…, +41, (0)44."""
    start = digit
    lowest = max(floor, digit - _REACH)
    while start > lowest and (folded[start - 1].isalnum() or folded[start - 1] in "+("):
        start -= 1
    if start == digit and start - 2 > floor and folded[start - 1] == " " and not folded[start - 2].isdigit():
        if start > LONGER and folded[start - LONGER : start - 1].isalpha():
            return start
        start = _spaced(folded, digit, floor)
    return start


def _inside(folded: str, start: int) -> int:
    """Behind the bracket: "(F43.2)"."""
    while start < len(folded) and folded[start] in "+(":
        start += 1
    return start


def _spaced(folded: str, digit: int, floor: int) -> int:
    """ "CH 93 0076…", "A 123 456 789", "RSS MRA 85T10…": letters stand apart from the digits."""
    for letters, fits in _SPACED:
        start = digit - 1 - letters
        if start < floor or (start > 0 and folded[start - 1].isalnum()):
            continue
        said = folded[start : digit - 1]
        if said.replace(" ", "").isalpha() and fits(said):
            return start
    return digit


# How many letters, and which.
_SPACED: tuple[tuple[int, Callable[[str], bool]], ...] = (
    (1, lambda said: True),
    (2, lambda said: said in checksums.bank_lengths()),
    (7, lambda said: said[3] == " "),
)


def _run_end(folded: str, at: int) -> int:
    while at < len(folded) and folded[at].isalnum():
        at += 1
    return at


def _one(original: str, folded: str, start: int, digit: int, lang: str) -> tuple[Span | None, int]:
    """What stands at this place, and where to look on."""
    before = folded[max(0, start - _BEFORE) : start]
    bare = _SHAPE.match(folded, digit)
    if start == digit and bare and bare.lastgroup in {"amount", "date"}:
        # Whatever the words before it say.
        kind, end = bare.lastgroup, bare.end()
        return _checked(kind, original, folded, start, end, cue=None, before=before), end
    cue = cues.told(before)
    if start < digit and (account := _account(folded, start, cue)):
        return account, account.end
    for place in dict.fromkeys((start, _inside(folded, start), digit)) if start < digit else (digit,):
        if match := bare if place == digit else _SHAPE.match(folded, place):
            kind, end = match.lastgroup or "", match.end()
            if found := _checked(kind, original, folded, place, end, cue=cue, before=before):
                return found, found.end
            if kind in {"amount", "date"}:
                return None, end
    if phone := phones.phone(folded, start, cue, lang):
        return phone, phone.end
    return _told(original, folded, start, digit, cue=cue, before=before)


def _told(
    original: str, folded: str, start: int, digit: int, *, cue: Category | None, before: str
) -> tuple[Span | None, int]:
    """The number of a policy or a claim, by the words before it."""
    letters = _LETTERS.search(before, max(0, len(before) - 7))
    if cue is None and letters and original[start - len(letters.group())].isupper():
        cue = cues.told(before[: letters.start()]) or cues.numbered(before[: letters.start()])
        start -= len(letters.group())
    if cue in (Category.POLICY, Category.CLAIM) and (end := cues.number_end(folded, start)):
        return _span(start, end, cue), end
    return None, digit


def _checked(
    kind: str, original: str, folded: str, start: int, end: int, *, cue: Category | None, before: str
) -> Span | None:
    written = folded[start:end]
    if kind == "date":
        return (
            _span(start, end, Category.BIRTH_DATE)
            if dates.birth(written, before, folded[end : end + 20])
            else None
        )
    if kind in {"icd", "atc"}:
        return _code(kind, original[start:end], start, end, before)
    if kind not in _CHECKS:
        return None
    category, valid = _CHECKS[kind]
    plain = re.sub(r"[^\da-z]", "", written).upper()
    right = valid(plain) or (kind == "ahv" and len(plain) == 11)
    if cue in _OTHERWISE and not (right and kind in _BY_FORM):
        return None  # the words before it say that it is something else
    return _span(start, end, category) if right or cue is category or kind in _BY_FORM else None


def _code(kind: str, written: str, start: int, end: int, before: str) -> Span | None:
    """ICD-10 "F32.1" and ATC "N05BA01"; without a dot only after a word that says so (B12 is a vitamin)."""
    if kind == "atc":
        return _span(start, end, Category.MEDICATION) if written[0].isupper() else None
    if ("." in written and written[0].isupper()) or cues.diagnosis(before):
        return _span(start, end, Category.HEALTH)
    return None


def _account(folded: str, start: int, cue: Category | None) -> Span | None:
    """An IBAN of the length of its country, whatever stands between its groups."""
    country = folded[start : start + 2]
    length = checksums.bank_lengths().get(country) if country.isalpha() else None
    if length is None:
        return None
    at, plain = start, ""
    while at < len(folded) and len(plain) < length:
        letter = folded[at]
        if letter.isalnum() and letter.isascii():
            plain += letter
        elif letter not in _GLUE or not folded[at - 1].isalnum():
            break
        at += 1
    if len(plain) < length or (at < len(folded) and folded[at].isalnum()) or not plain[2:4].isdigit():
        short = cue is Category.IBAN and plain[2:4].isdigit() and len(plain) >= 12
        return _span(start, at, Category.IBAN) if short else None
    # The checksum decides only where neither the words before it nor a country of ours say what it is.
    said = cue is Category.IBAN or country in {"ch", "de", "li", "at"}
    if not said and not checksums.bank(plain.upper()):
        return None
    return _span(start, at, Category.IBAN)


def own_numbers(original: str, own: _PATTERNS) -> Iterator[Span]:
    """The insurer's own patterns for policies and claims."""
    for category, pattern in own:
        for match in pattern.finditer(original):
            if match.end() > match.start():
                yield _span(match.start(), match.end(), category)


def _span(start: int, end: int, category: Category) -> Span:
    return Span(start, end, category, (start, end))
