"""What is done with what members confide: opened, closed, noted, handed over."""

from firsthand.protect.actions.files import close_file, open_file
from firsthand.protect.actions.looks import NobodyWithThatNumber, hand_over_looks
from firsthand.protect.actions.notes import NoFileOpen, NotANote, NoteTooLong, write_note

__all__ = [
    "NoFileOpen",
    "NobodyWithThatNumber",
    "NotANote",
    "NoteTooLong",
    "close_file",
    "hand_over_looks",
    "open_file",
    "write_note",
]
