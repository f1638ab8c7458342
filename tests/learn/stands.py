"""What stands on the board. The login of the pages cannot say; the zone of learning can."""

from typing import Any

from firsthand.kernel import zones
from firsthand.learn.models import MeToo, Observation, Owner


def said(**which: Any) -> list[Observation]:
    with zones.of(zones.LEARN):
        return list(Observation.objects.defer("contact_id").filter(**which).order_by("number"))


def joined() -> list[MeToo]:
    with zones.of(zones.LEARN):
        return list(MeToo.objects.select_related("observation").defer("observation__contact_id"))


def owners() -> list[Owner]:
    with zones.of(zones.LEARN):
        return list(Owner.objects.select_related("person").defer("person__password"))
