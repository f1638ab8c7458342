"""What this room announces upwards."""

from django.dispatch import Signal

# Somebody is about to open a file outside a contact. Sent in the transaction, with `person`; a receiver that
# raises a Refusal ends it.
about_to_break = Signal()
