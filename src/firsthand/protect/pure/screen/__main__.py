"""`python -m firsthand.protect.pure.screen`: write the word lists as they are stored."""

from firsthand.protect.pure.screen import stored

stored.write()
