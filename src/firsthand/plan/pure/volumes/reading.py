"""Line by line: cells to numbers, faults by line; then the whole is judged."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as Named
from dataclasses import dataclass, field
from datetime import date, tzinfo

from firsthand.plan.pure.volumes import cells, checks
from firsthand.plan.pure.volumes.columns import Mapping
from firsthand.plan.pure.volumes.faults import Fault, Faults, Wrong
from firsthand.plan.pure.volumes.rows import FIRST, SECOND, UNTOLD, Columns, Rows

MOST_SERIES = 2_000
REMEMBERED = 200_000  # distinct cells of a kind; as moments, eleven years of half hours
COUNTS = ("offered", "answered", "abandoned")
NAN = float("nan")


@dataclass(frozen=True)
class Read:
    """Either rows or faults, never both. `count`: how many faults there were, `faults` the first thousand."""

    rows: Rows
    faults: list[Fault]
    notes: list[Fault]  # worth knowing, and no hindrance
    count: int = 0

    @property
    def minutes(self) -> int:
        return self.rows.minutes


def read(
    lines: Iterable[str],
    mapping: Mapping,
    *,
    zone: tzinfo,
    queues: Named[str, str] | Collection[str] | None,
    hours: Sequence[tuple[int, int] | None] | None = None,
    closed: Collection[date] = (),
) -> Read:
    """Every row of the file, head included in `lines`, or every fault.

    `queues`: what the file may call a queue → what we call it (or just our names; None = any name will do).
    `hours`: open from and until, in minutes of the day, Monday first; then an interval missing within them is a
    gap, and so is a day missing that is not `closed`. Without: what is missing between the first and the last
    interval of a day.
    """
    reader = _Reader(mapping, zone, _names(queues))
    if mapping.missing:
        reader.faults.add(1, "columns_missing", fields=", ".join(mapping.missing))
        return Read(Rows.none(), reader.faults.found, [], reader.faults.count)
    for line, row in _rows(lines, mapping, reader.faults):
        try:
            reader.take(line, row)
        except Wrong as wrong:
            reader.faults.add(line, wrong.code, **wrong.words)
    notes = Faults()
    hours_ = None if hours is None else checks.Hours(tuple(hours), frozenset(closed), zone)
    rows = checks.judged(reader.columns, mapping, hours_, reader.faults, notes)
    faults = sorted(reader.faults.found, key=lambda fault: (fault.line, fault.code))
    return Read(rows if not faults else Rows.none(), faults, notes.found, reader.faults.count)


def _names(queues: Named[str, str] | Collection[str] | None) -> dict[str, str] | None:
    if queues is None:
        return None
    pairs = queues.items() if isinstance(queues, Named) else ((name, name) for name in queues)
    return {" ".join(name.casefold().split()): ours for name, ours in pairs}


def _rows(lines: Iterable[str], mapping: Mapping, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader((line.replace("\0", "\N{REPLACEMENT CHARACTER}") for line in lines),
                      delimiter=mapping.delimiter)  # fmt: skip
    needs = 1 + max(mapping.columns.values())
    try:
        for row in rows:
            if rows.line_num <= mapping.above + 1 or not any(row):
                continue
            if len(row) < needs:
                if any(cell.strip() for cell in row):
                    faults.add(rows.line_num, "cells", has=len(row), needs=needs)
            elif mapping.head and any(cell.strip() for cell in row[len(mapping.head) :]):
                faults.add(rows.line_num, "more_cells", has=len(row), needs=len(mapping.head))
            else:
                yield rows.line_num, row
    except csv.Error as error:
        faults.add(rows.line_num, "not_csv", why=str(error))


@dataclass
class _Reader:
    mapping: Mapping
    zone: tzinfo
    queues: dict[str, str] | None
    columns: Columns = field(default_factory=Columns)
    faults: Faults = field(default_factory=Faults)
    met: set[tuple[int, int]] = field(default_factory=set)  # series, local time that comes twice
    # What was understood once: files of a million lines say the same few thousand things.
    moments: dict[tuple[str, str], cells.Moment | Wrong] = field(default_factory=dict)
    known: dict[tuple[str, str], int] = field(default_factory=dict)
    counted: dict[str, dict[str, int]] = field(default_factory=lambda: {of: {} for of in COUNTS})
    lasted: dict[str, float] = field(default_factory=dict)

    def take(self, line: int, row: list[str]) -> None:
        at = self.mapping.columns
        moment = self.moment(row)
        said = (
            row[at["queue"]] if "queue" in at else self.mapping.queue,
            row[at["language"]] if "language" in at else self.mapping.language,
        )
        series = self.known[said] if said in self.known else self.series(*said)
        length = self.length(row, moment)
        counts = self.counts(row)
        aht = self.aht(row[at["aht"]]) if "aht" in at else NAN
        start, twice = moment.start, 0
        if moment.second is not None:
            twice = SECOND if (series, start) in self.met else FIRST
            self.met.add((series, start))
            start = moment.second if twice == SECOND else start
        self.columns.add(series, start, moment.day, moment.minute, length, twice, line, *counts, aht)

    def moment(self, row: list[str]) -> cells.Moment:
        at = self.mapping.columns
        said = (row[at["start"]], "") if "start" in at else (row[at["date"]], row[at["time"]])
        found = self.moments.get(said)
        if found is None:
            if len(self.moments) >= REMEMBERED:
                self.moments.clear()
            day, clock = cells.day_first(said[0]) if "start" in at else (said[0].strip(), said[1].strip())
            try:
                found = cells.moment(day, clock, self.mapping.order, self.zone)
                if found.minute % 15:
                    found = Wrong("not_on_grid", value=" ".join(said).strip(), minutes=15)
            except Wrong as wrong:
                found = wrong
            self.moments[said] = found
        if isinstance(found, Wrong):
            raise found
        return found

    def series(self, queue: str, language: str) -> int:
        key = (self.queue(queue), cells.language(language.strip()) if language.strip() else "")
        if len(self.columns.series) >= MOST_SERIES and key not in self.columns.series:
            raise Wrong("too_many_queues", most=MOST_SERIES)
        self.known[queue, language] = self.columns.series.setdefault(key, len(self.columns.series))
        return self.known[queue, language]

    def queue(self, said: str) -> str:
        name = " ".join(said.split())
        if not name:
            raise Wrong("no_queue")
        if self.queues is None:
            return name[:80]
        if name.casefold() not in self.queues:
            raise Wrong("unknown_queue", queue=name[:80])
        return self.queues[name.casefold()]

    def counts(self, row: list[str]) -> list[int]:
        """Offered, answered, abandoned."""
        at = self.mapping.columns
        told = [self.count(of, row[at[of]]) if of in at else UNTOLD for of in COUNTS]
        offered, answered, abandoned = told
        if offered == UNTOLD:
            if "offered" in at or UNTOLD in (answered, abandoned):
                raise Wrong("not_a_number", column=self.mapping.name("offered"), value="")
            return [answered + abandoned, answered, abandoned]
        if max(answered, 0) + max(abandoned, 0) > offered:
            raise Wrong(
                "more_than_offered",
                answered=max(answered, 0),
                abandoned=max(abandoned, 0),
                offered=offered,
            )
        return told

    def count(self, of: str, text: str) -> int:
        known = self.counted[of]
        if text not in known:
            if len(known) >= REMEMBERED:
                known.clear()
            bare = text.strip()
            known[text] = cells.count(bare, self.mapping.name(of), self.mapping.decimal) if bare else UNTOLD
        return known[text]

    def aht(self, text: str) -> float:
        if text not in self.lasted:
            if len(self.lasted) >= REMEMBERED:
                self.lasted.clear()
            bare, mapping = text.strip(), self.mapping
            column = mapping.name("aht")
            self.lasted[text] = (
                cells.seconds(bare, column, mapping.decimal, mapping.aht_unit) if bare else NAN
            )
        return self.lasted[text]

    def length(self, row: list[str], moment: cells.Moment) -> int:
        """In minutes; 0 = the row does not say."""
        at, length, said = self.mapping.columns, self.mapping.minutes or moment.length, ""
        if "minutes" in at and (said := row[at["minutes"]].strip()):
            length = cells.count(said, self.mapping.name("minutes"), self.mapping.decimal)
        elif "end" in at and (said := row[at["end"]].strip()):
            length = (_end(said) - moment.minute) % 1440
        if length not in (0, 15, 30, 60):
            raise Wrong("length", value=said or length)
        return length


def _end(text: str) -> int:
    """The minute of the day at which an interval ends: its day is the start's or the next."""
    _, clock = cells.day_first(text)
    clock = (clock or text).split("+")[0].rstrip("Z")
    return cells.clock(clock, text)
