"""Announced upwards, inside the transaction."""

from django.dispatch import Signal

# person_ids: what they may answer has changed; a seat that copied it must copy it again.
readiness_changed = Signal()
