"""What protect announces upwards, inside the transaction that brought it about."""

from django.dispatch import Signal

# Somebody is about to open a file outside a contact. Sent with `person`; a receiver that raises a Refusal ends it.
about_to_break = Signal()
# Somebody who works here, or a relative, is to be kept apart: `member_id`. Whoever routes contacts looks
# again.
shield_changed = Signal()
