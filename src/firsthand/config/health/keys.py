"""Can what is sealed be opened? The keys stand outside the database, and may be lost, cut off or exchanged."""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.utils import ProgrammingError

from firsthand.config.health.finding import Finding, mend, well
from firsthand.kernel import zones
from firsthand.protect import keys, wall
from firsthand.protect.models import Confidence


def sealed() -> Iterator[Finding]:
    """No key is made for looking."""
    try:
        ids = [key.id for key in keys.ring().keys] if keys.there() else []
    except (ImproperlyConfigured, OSError) as error:
        yield mend(
            "keys", f"A key of what is sealed cannot be read. {error}", "Bring the file back as it was."
        )
        return
    try:
        lost = _of_other_keys(ids)
    except ProgrammingError:  # the tables are not there yet; the migrations say so
        return
    if lost:
        yield mend(
            "keys",
            f"What was confided and sealed with a key that is not here: {lost}. Nobody can open it.",
            "Bring the file of the key back into keys/, or the word into FIRSTHAND_KEYS. If it was destroyed (after "
            "a backup was restored), it goes by its clock.",
        )
    else:
        yield well("keys", "What is sealed can be opened.")


@zones.within(zones.PROTECTION)
def _of_other_keys(ids: list[str]) -> int:
    with transaction.atomic(), wall.within({wall.RETENTION}, person=None):
        return Confidence.objects.living().exclude(key_id__in=ids).count()
