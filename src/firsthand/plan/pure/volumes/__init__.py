"""Past volumes from anybody's CSV: which column holds what, every row judged, nothing half read.

    mapping = volumes.guess(first_lines)             # shown to the planner, who may correct it
    read = volumes.read(lines, mapping, zone=ZoneInfo("Europe/Zurich"), queues={"Service": "service"})
    if read.faults: …                                # by line, as codes; then `read.rows` is empty
    for row in read.rows: …

Days on which the clocks change are right: the hour that comes twice may stand as two rows with the same local
time, in order, or with offsets; the hour that does not exist is no gap, and a row in it is a fault.
"""

from __future__ import annotations

from firsthand.plan.pure.volumes.columns import FIELDS, Mapping, guess
from firsthand.plan.pure.volumes.faults import CODES, Fault
from firsthand.plan.pure.volumes.reading import Read, read
from firsthand.plan.pure.volumes.rows import Row, Rows

__all__ = ["CODES", "FIELDS", "Fault", "Mapping", "Read", "Row", "Rows", "guess", "read"]
