"""Is everything well? Each check says so, or what is wrong and what to do about it, in plain words."""

from collections.abc import Callable, Iterator

from firsthand.config.health import board, database, house, journal, keys, machine, wall
from firsthand.config.health.finding import Finding, Level

__all__ = ["Finding", "Level", "examine"]

WITH_DATABASE: list[Callable[[], Iterator[Finding]]] = [
    wall.wall,
    wall.entrances_unknown,
    database.direct_address,
    database.migrations,
    journal.chain,
    journal.worker,
    board.chain,
    keys.sealed,
    machine.clock,
]
WITHOUT: list[Callable[[], Iterator[Finding]]] = [
    machine.disk,
    machine.secrets,
    house.catalogues,
    house.address,
    house.certificate,
    house.relay,
    house.mail,
    house.settings_for_real_people,
]


def examine() -> list[Finding]:
    """All of them; without a database those that can do without."""
    findings = list(database.answers())
    for check in [*(WITH_DATABASE if database.reachable() else []), *WITHOUT]:
        findings += check()
    return findings
