"""Is the purpose wall whole?"""

from collections.abc import Iterator

from firsthand.config import walls, zones
from firsthand.config.health.finding import Finding, mend, well


def wall() -> Iterator[Finding]:
    found = walls.faults()
    for fault in found:
        yield mend("purpose wall", fault.says, fault.do)
    if not found:
        yield well(
            "purpose wall",
            f"The purpose wall is whole: {len(zones.PROTECTED)} tables of {len(zones.TABLES)} stand behind it.",
        )
