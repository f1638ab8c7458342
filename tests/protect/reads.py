"""What stands in the read log. The login of the pages cannot say; data protection can."""

from typing import Any

from firsthand.kernel import zones
from firsthand.protect.models import Read


def reads(**which: Any) -> list[Read]:
    with zones.of(zones.PROTECTION):
        return list(Read.objects.filter(**which).order_by("id"))
