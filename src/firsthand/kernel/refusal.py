"""A translated "no"."""

from typing import Any, ClassVar

from django.utils.functional import Promise


class Refusal(Exception):
    """An action says no, in a sentence the person can read: what happened, what was kept, what to do.

    The middleware in `ui` shows it in place with 422. Anything else that is raised is a bug and a 500.
    Subclass it where a caller must tell two refusals apart.
    """

    says: str | Promise = ""
    # Where one can mend it: {"address": …, "label": …}, shown as a link behind the sentence.
    where: ClassVar[dict[str, Any] | None] = None

    def __init__(self, says: str | Promise | None = None) -> None:
        super().__init__()
        if says is not None:
            self.says = says

    def __str__(self) -> str:
        return str(self.says)
