"""The package of a member with 500 contacts, and a night that lets a tenth of all notes go.

Own home; half a minute, or FIRSTHAND_BENCH_NOTES=10000000 for the whole. Rows are written by SQL; what is
measured is what the officer waits for (gathering, PDF, JSON, encryption) and `dry_run()` and `carry_out()`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from tests.bench.figure import Figure

CONTACTS = 500
NOTES = int(os.environ.get("FIRSTHAND_BENCH_NOTES", "500000"))

READ = """
INSERT INTO protect_read (actor_id, role, member_id, contact_id, what, why, purposes)
SELECT %(ada)s, 'helper', %(member)s, n, 'file', 'praemie', '{kvg_b}'
FROM generate_series(1, %(contacts)s) n, generate_series(1, 3)
"""
WRITE = """
INSERT INTO protect_note (member_id, contact_id, purpose, words, reasons, written_by_id, written_at)
SELECT CASE WHEN n <= %(contacts)s THEN %(member)s ELSE %(other)s END, n,
    (ARRAY['kvg_a', 'kvg_b', 'kvg_c', 'vvg_benefit'])[1 + n %% 4],
    'Möchte die Rechnungen in grosser Schrift; Police gilt ab Januar. ' || n, '[]', %(ada)s,
    now() - (CASE WHEN n %% 10 = 0 THEN 800 ELSE 10 END) * interval '1 day'
FROM generate_series(%(from)s::bigint, %(to)s::bigint) n
"""


def run() -> Iterator[Figure]:
    home = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
    home.chmod(0o711)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "firsthand.config.settings",
        "FIRSTHAND_HOME": str(home),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.bench_subject"],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    found = json.loads(done.stdout.splitlines()[-1])
    package = f"{CONTACTS} contacts, {found['pages']} pages"
    yield Figure("subject", "complete package", found["package_s"], "s", "≤ 10 s", package)
    yield Figure(
        "subject", "package / gathering alone", found["package_s"] / found["gather_s"], "ratio", "", package
    )
    night = f"{NOTES:,} notes, {found['went']:,} go; a bare DELETE of them takes {found['bare_s']:.1f} s"
    yield Figure("subject", "dry run", found["dry_s"], "s", "", night)
    yield Figure("subject", "night", found["night_s"], "s", "≤ 60 s at 10 M", night)
    yield Figure("subject", "night / bare DELETE", found["night_s"] / found["bare_s"], "ratio", "", night)
    yield Figure("subject", "past their clock after it", found["left"], "rows", "0", night)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def fill() -> None:
    """One member with 500 contacts, a promise and a note in each; all other notes are somebody else's."""
    from django.db import connection, transaction

    from firsthand.answer.models import Contact, Promise
    from firsthand.kernel import zones
    from firsthand.members.models import Household, Member
    from firsthand.people.models import Person
    from firsthand.protect import wall

    def person(name: str, role: str) -> Person:
        email = f"{name.split(maxsplit=1)[0].lower()}@bench.example"
        return Person.objects.create(email=email, name=name, roles=[role], languages=["de"], password="!")

    def insured(number: str, given: str, family: str) -> Member:
        place = {"street": "Weg 1", "postcode": "8001", "town": "Zürich", "canton": "ZH"}
        return Member.objects.create(
            number=number,
            given_name=given,
            family_name=family,
            sort_name=family.lower(),
            born_on=date(1970, 1, 1),
            household=Household.objects.create(number=number, **place),
        )

    with zones.of(zones.OWNER), transaction.atomic():
        person("Petra Vogt", "protection")
        ada = person("Ada Lindner", "helper")
        member, other = insured("B1", "Łucja", "Ćosić"), insured("B2", "Andere", "Person")
        words = "Die neue Police gilt ab Januar, der Rest bleibt gleich. " * 4
        now = timezone.now()
        contacts = Contact.objects.bulk_create(
            Contact(
                state="closed",
                language="de",
                topic="praemie",
                member=member,
                answered=words,
                closed_at=now - timedelta(days=n),
            )
            for n in range(CONTACTS)
        )
        Promise.objects.bulk_create(
            Promise(contact=one, words="Wir schicken das Formular.", due_on=now.date(), made_by=ada)
            for one in contacts
        )
        given = {"ada": ada.pk, "member": member.pk, "other": other.pk, "contacts": CONTACTS}
        with connection.cursor() as cursor:
            cursor.execute(READ, given)
        for start in range(1, NOTES + 1, 500_000):
            some = {**given, "from": start, "to": min(start + 499_999, NOTES)}
            with wall.within({wall.IMPORT}, person=None, seconds=3600), connection.cursor() as cursor:
                cursor.execute(WRITE, some)
    with zones.of(zones.OWNER), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def bare() -> None:
    """What the night did, as one statement without protocol, holds or batches; taken back."""
    from django.db import connection, transaction

    from firsthand.kernel import zones
    from firsthand.protect import wall

    with zones.of(zones.PROTECTION), transaction.atomic():
        with wall.within({wall.RETENTION}, person=None, seconds=3600), connection.cursor() as cursor:
            cursor.execute("DELETE FROM protect_note WHERE written_at < now() - interval '24 months'")
        transaction.set_rollback(True)


def main() -> None:
    from firsthand.cli.prepare import prepare

    prepare()
    fill()
    from django.db import transaction

    from firsthand.kernel import zones
    from firsthand.members.models import Member
    from firsthand.people.models import Person
    from firsthand.protect import actions, queries, registry, wall
    from firsthand.protect.actions.packaging import gather
    from firsthand.protect.package import paper

    petra = Person.objects.get(email="petra@bench.example")
    member, today = Member.objects.get(number="B1"), timezone.localdate()
    asked = actions.take_down("access", way="letter", member=member, identity="papers", by=petra)
    found: dict[str, float] = {}
    with zones.of(zones.PROTECTION), transaction.atomic():
        found["gather_s"], contents = timed(lambda: gather(asked, by=petra))
    found["pages"] = paper.as_pdf(contents).count(b"/Type /Page\n")
    found["package_s"], _made = timed(lambda: actions.make_package(asked, word="a-long-password", by=petra))
    found["bare_s"], _nothing = timed(bare)
    found["dry_s"], planned = timed(lambda: actions.dry_run(today, by=None))
    if planned.waits:
        actions.say_yes(planned, by=petra)
    found["night_s"], done = timed(lambda: actions.carry_out(today, by=None))
    with zones.of(zones.PROTECTION), wall.within({wall.RETENTION}, person=None, seconds=3600):
        found["went"] = sum(done.lines.values_list("went", flat=True))
        terms, holding = queries.all_set(), queries.held(today)
        found["left"] = sum(
            queries.count(step, queries.cutoff(step, today, terms), holding)[0] for step in registry.steps()
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
