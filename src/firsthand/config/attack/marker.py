"""`firsthand attack` leaves this file in the home that it makes; no installation has it."""

MARKER = "made-to-be-attacked"
