"""What a person may type, a file for each page."""

from firsthand.protect.forms.consents import Consent, Mine, NoCalls, Theirs
from firsthand.protect.forms.looking import Find, Number

__all__ = ["Consent", "Mine", "NoCalls", "Theirs", "Find", "Number"]
