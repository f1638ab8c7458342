"""What a person may type, a file for each page."""

from firsthand.protect.forms.looking import Day, Find, Number

__all__ = ["Day", "Find", "Number"]
