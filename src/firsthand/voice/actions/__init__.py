"""What can be done with a call: start, join, change, leave, end; and what its pages say of themselves."""

from firsthand.voice.actions.calls import (
    CallOver,
    NotWithThisCarrier,
    NotYourCall,
    end,
    join,
    leave,
    set_mode,
    start,
)
from firsthand.voice.actions.presence import Heard, beat, page_closes, sweep
from firsthand.voice.actions.signalling import SignalRefused, relay

__all__ = [
    "CallOver",
    "Heard",
    "NotWithThisCarrier",
    "NotYourCall",
    "SignalRefused",
    "beat",
    "end",
    "join",
    "leave",
    "page_closes",
    "relay",
    "set_mode",
    "start",
    "sweep",
]
