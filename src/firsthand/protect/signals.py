<<<<<<< HEAD
"""What this room announces upwards."""

from django.dispatch import Signal

# Somebody is about to open a file outside a contact. Sent in the transaction, with `person`; a receiver that
# raises a Refusal ends it.
about_to_break = Signal()
=======
"""What protect announces upwards, inside the transaction that brought it about."""

from django.dispatch import Signal

# Somebody who works here, or a relative, is to be kept apart: `member_id`. Whoever routes contacts looks
# again.
shield_changed = Signal()
>>>>>>> 15f8b95 (protect: Give and withdraw a consent, begin a call only on live proof, say who is kept from whose file.)
