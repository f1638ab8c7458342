"""The member's file, for the one person whose contact it is; and who looked."""

from firsthand.protect.queries.file import MemberFile, Relative, file_for
from firsthand.protect.queries.looking import (
    Chain,
    Filter,
    Look,
    Looks,
    check,
    last_check,
    looked,
    looks,
    member_named,
    member_of_open_file,
    member_with,
    staff,
)

__all__ = [
    "Chain",
    "Filter",
    "Look",
    "Looks",
    "MemberFile",
    "Relative",
    "check",
    "file_for",
    "last_check",
    "looked",
    "looks",
    "member_named",
    "member_of_open_file",
    "member_with",
    "staff",
]
