"""Does the board's own chain hold: was every observation kept as it was said?"""

from collections.abc import Iterator

from django.db.utils import ProgrammingError

from firsthand.config.health.finding import Finding, mend, well
from firsthand.learn import queries


def chain() -> Iterator[Finding]:
    try:
        verdict = queries.verify()
    except ProgrammingError:  # the tables are not there yet; the migrations say so
        return
    if verdict.ok:
        yield well("board", f"The board's chain holds ({verdict.checked} observations).")
    else:
        yield mend(
            "board",
            f"The board's chain is broken at observation {verdict.broken_at}: words were changed or removed.",
            "Somebody with the database's password did it. Keep everything as it is, tell the "
            "data-protection officer, and compare with a printed board or the last backup.",
        )
