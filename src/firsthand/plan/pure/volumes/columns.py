"""Which column holds what: guessed from the head and the first lines, corrected by the planner."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from firsthand.plan.pure.volumes import cells

# What a file may tell, and what exports in English, German, French and Italian call it (bare: small letters and
# digits). The first field whose name fits takes the column, so what is rarer stands first.
NAMES: dict[str, str] = {
    "abandoned": "abandoned abandons lost aufgelegt aufleger abgebrochen abbruche abbruch verloren verzicht verzichter"
    " abandonne abandonnes abandonnees perdus perdu abbandonate abbandoni perse rinunce",
    "answered": "answered handled served angenommen beantwortet bearbeitet entgegengenommen traites traite repondus"
    " decroches pris risposte gestite evase",
    "aht": "aht ahtseconds ahts handletime averagehandletime avghandletime avghandle bearbeitungszeit gesprachszeit"
    " durchschnittlichebearbeitungszeit mittlerebearbeitungszeit dmt dureemoyennedetraitement tempsdetraitement"
    " tempomediodigestione tempomedio tmg",
    "minutes": "minutes minuten length intervallength intervalminutes intervalllange lange dauer duree durata minuti",
    "end": "end ende bis to until fin fine intervalend endtime intervallende endzeit heurefin orafine",
    "start": "start begin beginn von from datetime datumzeit datumuhrzeit zeitpunkt zeitstempel timestamp starttime"
    " intervalstart intervalstarttime intervallbeginn intervallstart startzeit debut inizio dateheure dataora"
    " horodatage datetimestart datestart",
    "date": "date datum tag day jour data giorno kalendertag calldate",
    "time": "time zeit uhrzeit heure ora interval intervall intervalle intervallo halbstunde viertelstunde stunde"
    " hour halfhour timeofday",
    "language": "language lang sprache langue lingua locale",
    "queue": "queue queuename warteschlange schlange hotline linie line skill skillgroup split gruppe anrufgruppe"
    " file filedattente coda codadattesa fila agentgroup",
    "offered": "offered calls callsoffered volume volumen anrufe angeboten angebotene eingegangen eingang"
    " eingehend offerts offert presentes presente recus appels appelsrecus offerte chiamate ricevute entranti inbound"
    " arrivals arrived contacts kontakte anzahl nco",
}  # fmt: skip
FIELDS = tuple(NAMES)
DELIMITERS = ";,\t|"
SAMPLE = 60  # lines after the head that are looked at
TITLES = 10  # lines above the head, at most: “sep=;” of a spreadsheet, the title of a report
_SHORTEST_PART = 5  # a name that short must be the whole cell: "to" is in "total"


@dataclass(frozen=True)
class Mapping:
    """`columns`: field → place of its column (from 0). The rest is how the file writes."""

    columns: dict[str, int]
    head: tuple[str, ...] = ()
    above: int = 0  # lines above the head
    delimiter: str = ";"
    decimal: str = "."
    order: str = "dmy"  # of a day that does not begin with its year
    queue: str = ""  # for all rows, if no column says
    language: str = ""
    minutes: int = 0  # of all intervals; 0 = as the file shows
    aht_unit: float = 1.0  # seconds of one unit of the AHT column
    missing_is_zero: bool = False  # an interval that is not there had no calls; else it is a gap, a fault
    samples: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which nothing can be read."""
        has = self.columns
        lacks = [] if "start" in has or {"date", "time"} <= has.keys() else ["start"]
        if "offered" not in has and not {"answered", "abandoned"} <= has.keys():
            lacks.append("offered")
        if "queue" not in has and not self.queue:
            lacks.append("queue")
        return tuple(lacks)

    def name(self, of: str) -> str:
        """What the file calls the column of a field."""
        place = self.columns.get(of, len(self.head))
        return self.head[place] if place < len(self.head) else of


def guess(lines: Sequence[str]) -> Mapping:
    """From the head and, better, some lines after it. What it cannot tell is in `.missing`.

    The head is the first line, or if that names nothing, the first of the next few that names time and calls.
    """
    lines = lines[: SAMPLE + 1]
    written = [at for at, line in enumerate(lines[: TITLES + 1]) if line.strip()] or [0]
    for above in written:
        found = _guessed(lines[above:])
        if not {"start", "offered"} & set(found.missing):
            return replace(found, above=above)
    return replace(_guessed(lines), above=written[0])


def _guessed(lines: Sequence[str]) -> Mapping:
    lines = [line for line in lines if line.strip()]
    if not lines:
        return Mapping({})
    delimiter = _delimiter(lines)
    try:
        rows = [tuple(cell.strip() for cell in row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return Mapping({}, delimiter=delimiter)
    head = tuple(cell.lstrip("\N{BYTE ORDER MARK}").strip('"') for cell in rows[0])
    samples = tuple(rows[1:])
    columns = _days_and_times(_by_name(head), samples)
    dates = [_cell(row, columns.get("start", columns.get("date"))) for row in samples]
    return Mapping(
        columns=columns,
        head=head,
        delimiter=delimiter,
        decimal="," if delimiter != "," and _has_decimal_comma(samples) else ".",
        order=_order(dates),
        aht_unit=60.0 if _in_minutes(head, columns.get("aht")) else 1.0,
        samples=samples[:5],
    )


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that the head has and most lines have as often."""

    def fits(sign: str) -> tuple[int, int]:
        wanted = lines[0].count(sign)
        return (sum(line.count(sign) == wanted for line in lines) if wanted else 0, wanted)

    return max(DELIMITERS, key=fits)


def _by_name(head: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    plain = [cells.bare(re.sub(r"[(\[].*", "", name)) or cells.bare(name) for name in head]
    for whole in (True, False):
        for place, name in enumerate(plain):
            if place in columns.values() or not name:
                continue
            free = {of: fits for of in FIELDS if of not in columns and (fits := _fits(name, of, whole))}
            if free:
                columns[max(free, key=lambda of: free[of])] = place
    return columns


def _fits(name: str, of: str, whole: bool) -> int:
    """By how many letters; the longest decides: “Länge” is in “Name der Warteschlange”."""
    names = NAMES[of].split()
    if whole:
        return len(name) if name in names else 0
    return max((len(one) for one in names if len(one) >= _SHORTEST_PART and one in name), default=0)


def _days_and_times(columns: dict[str, int], samples: Sequence[Sequence[str]]) -> dict[str, int]:
    """“Date” may hold both, “from” may hold the time only: the cells say."""
    held = {of: _cell(samples[0], columns.get(of)) if samples else "" for of in ("start", "date", "time")}
    if "start" not in columns and "date" in columns and _has_both(held["date"]):
        columns["start"] = columns.pop("date")
    elif "start" not in columns and "time" in columns and _has_both(held["time"]):
        columns["start"] = columns.pop("time")
    elif "start" in columns and held["start"] and not _has_both(held["start"]):
        if "date" in columns and "time" not in columns:
            columns["time"] = columns.pop("start")
        elif "date" not in columns and "time" in columns:
            columns["date"] = columns.pop("start")
    if "start" in columns:
        columns.pop("date", None)
        columns.pop("time", None)
    return columns


def _has_both(text: str) -> bool:
    day, clock = cells.day_first(text)
    return bool(clock) and sum(letter.isdecimal() for letter in day) >= 4


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _has_decimal_comma(samples: Sequence[Sequence[str]]) -> bool:
    return any(re.fullmatch(r"\d+,\d+", cell) for row in samples for cell in row)


def _order(dates: Sequence[str]) -> str:
    """dmy unless something says otherwise: a year first, a month past 12, or a clock with AM and PM."""
    found = [re.match(r"(\d{1,4})[-./](\d{1,2})[-./]\d+", one) for one in dates]
    pairs = [(one[1], int(one[2])) for one in found if one]
    if any(len(first) == 4 for first, _ in pairs):
        return "ymd"
    if any(second > 12 for _, second in pairs):
        return "mdy"
    if any(int(first) > 12 for first, _ in pairs):
        return "dmy"
    return "mdy" if any(re.search(r"[ap]\.?m\.?$", one, re.IGNORECASE) for one in dates) else "dmy"


def _in_minutes(head: Sequence[str], place: int | None) -> bool:
    return place is not None and bool(re.search(r"\b(min|minutes|minuten|minuti)\b", head[place].lower()))
