from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import HOUSE, Table

keeping.register(
    Table(
        "plan_frontweek",
        "plan",
        _("Front weeks"),
        dict.fromkeys(("id", "name", "starts_on", "ends_on"), HOUSE),
    ),
)
