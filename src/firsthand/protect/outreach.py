"""Words for the pages of those who call out: why a call is not allowed, on what it rests, and what consents
say.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firsthand.protect.models import Scope

# What `protect_may_call` gives as its reason. Each sentence names what is missing.
WHY_NOT: dict[str, Promise | str] = {
    "no_member": _("There is no such member."),
    "no_number": _("We have no telephone number of this member."),
    "suppressed": _(
        "This member, or this number, does not want such calls. That holds whatever else is true."
    ),
    "restricted": _(
        "This member's data is kept and not used, as they asked. Nobody calls them to offer something."
    ),
    "withdrawn": _("The consent was withdrawn. Without a new one nobody calls."),
    "no_consent": _("There is no consent to such calls. Without one nobody calls (§ 7 (2) no. 1 UWG)."),
    "never_insured": _("This person has never been insured here. Nobody calls them (Art. 19b KVAG)."),
    "too_long_ago": _("The last cover ended more than 36 months ago. Nobody calls them (Art. 19b KVAG)."),
    "star": _(
        "The number has a star in the directory, or is not in it, and its owner is not insured here now. "
        "Without a consent nobody calls (Art. 3 (1) u and v UWG)."
    ),
    "not_this_consent": _("This consent does not cover the call. Nobody calls."),
    "unknown_country": _(
        "We do not know which law holds here, so nobody calls. Whoever runs the server can mend it."
    ),
}
RESTS_ON: dict[str, Promise | str] = {
    "consent": _("on a consent"),
    "insured": _("on being insured here"),
    "was_insured": _("on having been insured here within the last 36 months"),
}
# The standard words of a consent; whoever takes one on other words types those.
WORDING: dict[str, Promise | str] = {
    Scope.BASIC: _(
        "I agree that %(company)s calls me about its offers of basic insurance. I can take this back at any "
        "time, in whatever way I like. My insurance does not depend on it."
    ),
    Scope.SUPPLEMENTARY: _(
        "I agree that %(company)s calls me about its offers of supplementary insurance. I can take this back "
        "at any time, in whatever way I like. My insurance does not depend on it."
    ),
    Scope.SURVEY: _(
        "I agree that %(company)s calls me to ask how satisfied I am. I can take this back at any time, in "
        "whatever way I like. My insurance does not depend on it."
    ),
}
