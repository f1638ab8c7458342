"""Is the purpose wall whole?"""

from collections.abc import Iterator

from firsthand.config import entrances, walls, zones
from firsthand.config.health.finding import Finding, mend, note, well


def wall() -> Iterator[Finding]:
    found = walls.faults()
    for fault in found:
        yield mend("purpose wall", fault.says, fault.do)
    if not found:
        yield well(
            "purpose wall",
            f"The purpose wall is whole: {len(zones.PROTECTED)} tables of {len(zones.TABLES)} stand behind it.",
        )


def entrances_unknown() -> Iterator[Finding]:
    """Where it cannot be told from here whether anybody else is let in too."""
    unknown = [str(one) for one in entrances.tried() if one.lets is entrances.Lets.UNKNOWN]
    if unknown:
        yield note(
            "purpose wall",
            f"The database asked for no password, and does not say how it knew us ({', '.join(unknown)}).",
            "Look into its pg_hba.conf: by peer it knows the user of this machine; by trust it lets anybody in.",
        )
