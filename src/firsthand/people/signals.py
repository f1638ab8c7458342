"""Announced upwards, inside the transaction."""

from django.dispatch import Signal

# person_ids: their languages or roles have changed; a seat that copied them must copy them again.
answers_changed = Signal()
