"""Knowledge is about law and products, and about nobody."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import HOUSE, Table

CONCERN = ("id", "code", "country", "topic", "level", "branches", "sources", "confirmed")
TEXT = ("id", "language", "question", "facts", "yearly_facts", "basis", "words", "concern_id")

keeping.register(
    Table("know_concern", "know", _("The catalogue of concerns"), dict.fromkeys(CONCERN, HOUSE)),
    Table("know_concerntext", "know", _("Concerns in four languages"), dict.fromkeys(TEXT, HOUSE)),
)
