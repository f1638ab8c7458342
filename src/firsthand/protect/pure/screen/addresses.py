"""Streets with a house number, postcodes with a town, in the four languages."""

from collections.abc import Iterator

from firsthand.protect.pure.categories import Category
from firsthand.protect.pure.screen.found import Span
from firsthand.protect.pure.screen.names import Text
from firsthand.protect.pure.screen.roles import NAME, ORDINARY, TOWN, street, streets
from firsthand.protect.pure.screen.words import HARD, NONE

_BEFORE_STREET = frozenset(
    [
        "am",
        "an",
        "im",
        "in",
        "auf",
        "bei",
        "beim",
        "zum",
        "zur",
        "unter",
        "ober",
        "obere",
        "oberer",
        "untere",
        "unterer",
        "alte",
        "alter",
        "neue",
        "neuer",
        "grosse",
        "grosser",
        "kleine",
        "kleiner",
        "lange",
        "hintere",
        "vordere",
        "st",
        "sankt",
        "der",
        "den",
        "dem",
        "la",
        "le",
        "les",
        "de",
        "du",
        "des",
        "d",
        "l",
        "del",
        "della",
        "dei",
        "delle",
        "san",
        "santa",
        "santo",
        "mittlere",
        "aussere",
        "innere",
        "hohe",
        "breite",
        "unterm",
        "obern",
        "untern",
    ]
)
_CANTONS = frozenset(
    [
        "zh",
        "be",
        "lu",
        "ur",
        "sz",
        "ow",
        "nw",
        "gl",
        "zg",
        "fr",
        "so",
        "bs",
        "bl",
        "sh",
        "ar",
        "ai",
        "sg",
        "gr",
        "ag",
        "tg",
        "ti",
        "vd",
        "vs",
        "ne",
        "ge",
        "ju",
    ]
)
_TOWN_JOINS = frozenset(
    [
        "am",
        "an",
        "der",
        "im",
        "in",
        "bei",
        "ob",
        "les",
        "la",
        "le",
        "de",
        "sur",
        "sous",
        "auf",
        "dem",
        "d",
        "und",
        "sopra",
        "al",
        "a",
        "v",
        "st",
        "s",
    ]
)


def addresses(text: Text) -> Iterator[Span]:
    said = text.words.said
    abroad = not streets()["type"].isdisjoint(said)
    last = -1
    for at in text.rare:
        if at <= last or not text.known[at].placed:
            continue
        if said[at][0].isdigit():  # noqa: SIM108  two conditions in one line are read twice
            place = _numbered(text, at, last + 1, abroad=abroad)
        else:
            place = (at, at) if _sure_street(text, at) else None
        if place:
            first, last = place[0], _with_town(text, place[1])
            start, end = text.words.starts[first], text.words.ends[last]
            yield Span(start, end, Category.ADDRESS, (start, end))


def _sure_street(text: Text, at: int) -> bool:
    """ "an der Bahnhofstrasse", no number: only endings that are nothing but streets."""
    return text.capital(at) and not (
        at + 1 < len(text.known)
        and text.words.said[at + 1][0].isdigit()
        and text.words.breaks[at + 1] == NONE
    )


def _numbered(text: Text, at: int, floor: int, *, abroad: bool) -> tuple[int, int] | None:
    word = text.words.said[at]
    if len(word) <= 4 and not word.startswith("0"):
        last = _letter(text, at)
        if at > floor and (first := _german(text, at)) is not None and first >= floor:
            return first, last
        if at > floor and _box(text, at):
            return at - 1 - (text.words.said[at - 1] != "postfach"), last
        if abroad and (first := _romance(text, at, floor)) is not None:
            return first, last
        if ahead := _ahead(text, at, last):
            return at, ahead
    return _postcode(text, at)


def _box(text: Text, at: int) -> bool:
    """ "Postfach 412", "case postale 118", "P.O. box 12"."""
    before = text.words.said[at - 1]
    return text.words.breaks[at] == NONE and (
        before == "postfach" or (before in {"postale", "box"} and at > 1)
    )


def _letter(text: Text, at: int) -> int:
    """ "12a" and "12 a", "12-14"."""
    words = text.words
    if at + 1 < len(text.known) and words.breaks[at + 1] == NONE:
        following = words.said[at + 1]
        near = words.starts[at + 1] - words.ends[at]
        if (
            len(following) == 1
            and following.isalpha()
            and (near == 0 or (near == 1 and following in "abcdef"))
        ):
            after = at + 2 >= len(text.known) or words.starts[at + 2] > words.ends[at + 1]
            return at + 1 if after else at
        if near == 1 and text.gap(at + 1) == "-" and following.isdigit() and len(following) <= 4:
            return at + 1
    return at


def _german(text: Text, at: int) -> int | None:
    """Where the street before this house number begins."""
    words, before = text.words, at - 1
    if words.breaks[at] != NONE or not words.said[before].isalpha():
        return None
    said, ending = words.said[before], text.known[before].road
    named = text.capital(before) or (text.small and street(said))
    if ending and named and (len(said) > len(ending) + 1 or _joined_name(text, before)):
        return _left(text, before)
    placed = before > 0 and words.said[before - 1] in {
        "am",
        "im",
        "auf",
        "zum",
        "zur",
        "in",
        "an",
        "bei",
        "dem",
        "der",
        "den",
        "beim",
    }
    if (
        placed
        and text.capital(before)
        and text.capital(before - 1)
        and not text.known[before].flags & ORDINARY
    ):
        return _left(text, before)
    return None


def _joined_name(text: Text, at: int) -> bool:
    """ "St. Galler Strasse", "Alte Gasse": the ending stands apart from its name."""
    return (
        at > 0
        and text.words.breaks[at] == NONE
        and (text.capital(at - 1) or text.words.said[at - 1] in _BEFORE_STREET)
    )


def _left(text: Text, at: int) -> int:
    """Back over the words that belong to the name of the street."""
    words, first = text.words, at
    bare = words.said[at] in streets()["ending"]
    while first > 0 and words.breaks[first] == NONE and at - first < 3:
        said = words.said[first - 1]
        hyphen = text.gap(first) in {"-", ".-"}
        if (
            hyphen
            or (text.capital(first - 1) and said in _BEFORE_STREET)
            or bare
            and text.capital(first - 1)
            and not text.known[first - 1].flags & ORDINARY
            and said.isalpha()
        ):
            first -= 1
        else:
            break
    return first


def _romance(text: Text, at: int, floor: int) -> int | None:
    """ "rue de la Gare 12", "via San Gottardo 5": back to the word for the street."""
    words, types = text.words, streets()["type"]
    for first in range(at - 1, max(at - 7, floor - 1, -1), -1):
        if words.breaks[first + 1] == HARD or words.said[first][0].isdigit():
            return None
        if words.said[first] in types:
            named = any(text.capital(place) for place in range(first + 1, at))
            return first if named or (text.small and 1 < at - first <= 5) else None
    return None


def _ahead(text: Text, at: int, last: int) -> int:
    """ "12, rue de la Gare", "12 Mill Lane"; 0 if there is none."""
    words, kinds = text.words, streets()
    begin = last + 1
    if begin >= len(text.known) or words.breaks[begin] == HARD or text.gap(begin) not in {"", ","}:
        return 0
    if words.said[begin] in kinds["type"]:
        end, named = begin, False
        for place in range(begin + 1, min(begin + 7, len(text.known))):
            capital = text.capital(place)
            if words.breaks[place] != NONE or not (capital or words.said[place] in _BEFORE_STREET):
                break
            if capital:
                end, named = place, True
        return end if named else 0
    for place in range(begin, min(begin + 4, len(text.known))):
        if words.breaks[place] != NONE or not text.capital(place):
            return 0
        if place > begin and words.said[place] in kinds["english"]:
            return place
    return 0


def _with_town(text: Text, last: int) -> int:
    """The street's postcode and town, if they follow."""
    words, begin = text.words, last + 1
    if begin >= len(text.known) or words.breaks[begin] == HARD:
        return last
    if words.said[begin] in {"d", "ch", "a", "f", "i", "in"} and begin + 1 < len(text.known):
        begin += 1
    if words.said[begin].isdigit() and 4 <= len(words.said[begin]) <= 5:
        place = _postcode(text, begin, street=True)
        return place[1] if place else last
    if text.known[begin].flags & TOWN and text.capital(begin):
        return _town_end(text, begin)
    return last


def _postcode(text: Text, at: int, *, street: bool = False) -> tuple[int, int] | None:
    """ "8004 Zürich", "10115 Berlin"; a number before an ordinary word is an amount or a year."""
    words = text.words
    code = words.said[at]
    if len(code) not in (4, 5) or at + 1 >= len(text.known) or words.breaks[at + 1] != NONE:
        return None
    if words.starts[at + 1] - words.ends[at] != 1 or text.gap(at + 1):
        return None
    town = at + 1
    if not words.said[town].isalpha() or (
        at > 0
        and words.said[at - 1] in {"chf", "fr", "eur", "euro", "franken", "sfr", "ab", "ende", "anfang"}
    ):
        return None
    known = bool(text.known[town].flags & TOWN) or words.said[town] in {"st", "la", "le", "les", "bad", "san"}
    if not (text.capital(town) or (known and text.small)):
        return None
    if (
        not known
        and not street
        and (text.known[town].flags & (ORDINARY | NAME) or text.known[town].telling or len(code) == 4)
    ):
        return None
    first = (
        at - 1 if at > 0 and words.said[at - 1] in {"ch", "d", "a", "f", "i"} and text.gap(at) == "-" else at
    )
    return first, _town_end(text, town)


def _town_end(text: Text, town: int) -> int:
    """ "St. Gallen", "La Chaux-de-Fonds", "Frankfurt am Main", "Wil SG"."""
    words, last = text.words, town
    at = town + 1
    while at < len(text.known) and words.breaks[at] == NONE and at - town < 5:
        said, gap = words.said[at], text.gap(at)
        if (
            gap == "-"
            or (gap == "." and words.said[at - 1] in {"st", "ste"})
            or (words.said[at - 1] in _TOWN_JOINS and text.capital(at))
        ) or (
            words.said[town] in {"la", "le", "les", "bad", "san", "st"}
            and at == town + 1
            and text.capital(at)
        ):
            last = at
        elif said in _CANTONS and text.original[words.starts[at] : words.ends[at]].isupper():
            return at
        elif not (
            said in _TOWN_JOINS
            and at + 1 < len(text.known)
            and text.capital(at + 1)
            and text.known[at + 1].flags & TOWN
            or gap == "-"
        ):
            break
        at += 1
    return last
