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
_REMEMBERED = 200_000  # moments: eleven years of half hours


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
            if rows.line_num == 1 or not any(row):
                continue
            if len(row) < needs:
                if any(cell.strip() for cell in row):
                    faults.add(rows.line_num, "cells", has=len(row), needs=needs)
                continue
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
    moments: dict[tuple[str, str], cells.Moment | Wrong] = field(default_factory=dict)
    known: dict[tuple[str, str], int] = field(default_factory=dict)
    met: set[tuple[int, int]] = field(default_factory=set)  # series, local time that comes twice

    def take(self, line: int, row: list[str]) -> None:
        at = self.mapping.columns
        moment = self.moment(row)
        series = self.series(row[at["queue"]] if "queue" in at else self.mapping.queue,
                             row[at["language"]] if "language" in at else self.mapping.language)  # fmt: skip
        offered, answered, abandoned = self.counts(row)
        start, twice = moment.start, 0
        if moment.second is not None:
            twice = SECOND if (series, start) in self.met else FIRST
            self.met.add((series, start))
            start = moment.second if twice == SECOND else start
        aht = row[at["aht"]].strip() if "aht" in at else ""
        self.columns.add(
            series=series,
            start=start,
            day=moment.day,
            minute=moment.minute,
            twice=twice,
            line=line,
            offered=offered,
            answered=answered,
            abandoned=abandoned,
            length=self.length(row, moment),
            aht=cells.seconds(aht, self.mapping.name("aht"), self.mapping.decimal, self.mapping.aht_unit)
            if aht
            else float("nan"),
        )

    def moment(self, row: list[str]) -> cells.Moment:
        at = self.mapping.columns
        said = (row[at["start"]], "") if "start" in at else (row[at["date"]], row[at["time"]])
        found = self.moments.get(said)
        if found is None:
            if len(self.moments) >= _REMEMBERED:
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
        said = (queue, language)
        if said not in self.known:
            key = (self.queue(queue), cells.language(language.strip()) if language.strip() else "")
            if len(self.columns.series) >= MOST_SERIES and key not in self.columns.series:
                raise Wrong("too_many_queues", most=MOST_SERIES)
            self.known[said] = self.columns.series.setdefault(key, len(self.columns.series))
        return self.known[said]

    def queue(self, said: str) -> str:
        name = " ".join(said.split())
        if not name:
            raise Wrong("no_queue")
        if self.queues is None:
            return name[:80]
        if name.casefold() not in self.queues:
            raise Wrong("unknown_queue", queue=name[:80])
        return self.queues[name.casefold()]

    def counts(self, row: list[str]) -> tuple[int, int, int]:
        offered, answered, abandoned = (self.count(row, of) for of in ("offered", "answered", "abandoned"))
        if offered == UNTOLD:
            if "offered" in self.mapping.columns or UNTOLD in (answered, abandoned):
                raise Wrong("not_a_number", column=self.mapping.name("offered"), value="")
            offered = answered + abandoned
        if max(answered, 0) + max(abandoned, 0) > offered:
            raise Wrong("more_than_offered", answered=max(answered, 0), abandoned=max(abandoned, 0),
                        offered=offered)  # fmt: skip
        return offered, answered, abandoned

    def count(self, row: list[str], of: str) -> int:
        place = self.mapping.columns.get(of)
        text = row[place].strip() if place is not None else ""
        return cells.count(text, self.mapping.name(of), self.mapping.decimal) if text else UNTOLD

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
