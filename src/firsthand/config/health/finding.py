from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    WELL = "well"
    NOTE = "note"  # works, and could be better
    MEND = "mend"  # must be mended


@dataclass(frozen=True)
class Finding:
    level: Level
    subject: str
    says: str
    do: str = ""


def well(subject: str, says: str) -> Finding:
    return Finding(Level.WELL, subject, says)


def note(subject: str, says: str, do: str) -> Finding:
    return Finding(Level.NOTE, subject, says, do)


def mend(subject: str, says: str, do: str) -> Finding:
    return Finding(Level.MEND, subject, says, do)
