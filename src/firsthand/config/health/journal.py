"""Do the chains of the journal and of the read log hold, and does anybody add to them?"""

from collections.abc import Iterator

from django.db.utils import ProgrammingError

from firsthand.config.health.finding import Finding, mend, well
from firsthand.journal import ledger, queries

SLOW = 60  # seconds; the worker chains once a second
NAMES = {"reads": "read log"}
WHY = {
    "gap": "a link is missing",
    "missing": "an entry was removed",
    "changed": "an entry was changed",
    "backdated": "an entry was dated back",
    "unchained": "an entry has no link although later ones have",
    "closing": "the record of months that went was changed",
    "held": "an entry that stays for a legal hold was changed, removed or added",
    "anchor": "it is not the chain of which anchors were kept",
}


def chain() -> Iterator[Finding]:
    """Every ledger has a chain of its own."""
    for each in ledger.ledgers():
        try:
            verdict = queries.verify(each)
        except ProgrammingError:  # the tables are not there yet; the migrations say so
            return
        yield _holds(each, verdict) if verdict.ok else _broken(each.name, verdict)


def _holds(each: ledger.Ledger, verdict: queries.Verdict) -> Finding:
    name = NAMES.get(each.name, each.name)
    return well(each.name, f"The chain of the {name} holds ({verdict.checked} entries{went(each)}).")


def went(each: ledger.Ledger) -> str:
    """What is told of old months that went, for the end of a sentence."""
    records = queries.closings(each.entries)
    if not records:
        return ""
    last = records[-1]
    gone = sum(one.gone for one in records)
    held = f", {last.held} stay for a legal hold" if last.held else ""
    return f", whole from {last.until:%Y-%m} on; {gone} older ones went, the last on {last.at:%Y-%m-%d}{held}"


def _broken(name: str, verdict: queries.Verdict) -> Finding:
    where = f" at entry {verdict.broken_at}" if verdict.broken_at else ""
    return mend(
        name,
        f"The chain of the {NAMES.get(name, name)} is broken{where}: {WHY.get(verdict.why, verdict.why)}.",
        "Somebody with the database's password changed it. Keep everything as it is, tell the "
        "data-protection officer, and compare with the last backup and its anchors.",
    )


def worker() -> Iterator[Finding]:
    try:
        waiting = max(queries.waiting_seconds(each) for each in ledger.ledgers())
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
