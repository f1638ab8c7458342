"""What a person may type, a file for each page."""

from firsthand.protect.forms.consents import Consent, Lift, Mine, NoCalls, OnTheList, Theirs
from firsthand.protect.forms.looking import Find, Number

__all__ = ["Consent", "Lift", "Mine", "NoCalls", "OnTheList", "Theirs", "Find", "Number"]
