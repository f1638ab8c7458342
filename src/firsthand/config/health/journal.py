"""Does the journal's chain hold, and does anybody add to it?"""

from collections.abc import Iterator

from django.db.utils import ProgrammingError

from firsthand.config.health.finding import Finding, mend, well
from firsthand.journal import queries

SLOW = 60  # seconds; the worker chains once a second
WHY = {
    "gap": "a link is missing",
    "missing": "an entry was removed",
    "changed": "an entry was changed",
    "backdated": "an entry was dated back",
    "unchained": "an entry has no link although later ones have",
    "anchor": "it is not the chain of which anchors were kept",
}


def chain() -> Iterator[Finding]:
    try:
        verdict = queries.verify()
    except ProgrammingError:  # the tables are not there yet; the migrations say so
        return
    if verdict.ok:
        yield well("journal", f"The journal's chain holds ({verdict.checked} entries).")
    else:
        where = f" at entry {verdict.broken_at}" if verdict.broken_at else ""
        yield mend(
            "journal",
            f"The journal's chain is broken{where}: {WHY.get(verdict.why, verdict.why)}.",
            "Somebody with the database's password changed it. Keep everything as it is, tell the "
            "data-protection officer, and compare with the last backup and its anchors.",
        )


def worker() -> Iterator[Finding]:
    try:
        waiting = queries.waiting_seconds()
    except ProgrammingError:
        return
    if waiting > SLOW:
        yield mend(
            "worker",
            f"An entry of the journal has waited {waiting:.0f} s for its link: the worker does not run.",
            "Start it: firsthand up, or firsthand worker beside firsthand serve.",
        )
    else:
        yield well("worker", "Nothing waits for the worker.")
