"""What voice announces upwards. All are sent inside the transaction that brought it about.

Each carries `call`; those about a leg carry `role` as well. A receiver that fails undoes the action.
"""

from django.dispatch import Signal

# Before a call's row is locked: a room above locks its own row now. The order is always contact, then call.
call_about_to_change = Signal()

leg_lost = Signal()  # a page has been silent for 12 seconds
leg_gone = Signal()  # for 20 seconds: it will not be waited for any longer
leg_returned = Signal()  # a lost page is back
call_audible = Signal()  # customer and helper both receive sound; again with each new helper
call_ended = Signal()  # with `ended_by`: a role, "lost", or "house"
