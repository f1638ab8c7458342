"""What the insurer set, and what the nightly run did: counts and codes, and who decided."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import HOUSE, ROW, Data, Goes, Table, Whom, kept, of_staff

LAW = _("Proof of compliance: CH Art. 4 (5) DPO; DE Art. 5 (2) GDPR, § 31 OWiG")
MARKED = {
    "purposes": (_("Letting things go when their time is over, and being able to show it"),),
    "basis": LAW,
    "source": _("The data-protection officer"),
    "recipients": _("The data-protection officer; a supervisory authority that asks"),
    "erased": {Whom.STAFF: kept(LAW)},
}
CHANGED = of_staff(Data.LINK, _("changed by"))

keeping.register(
    Table(
        name="protect_clock",
        room="protect",
        what=_("Clocks that the insurer set"),
        columns={"code": HOUSE, "amount": HOUSE, "changed_at": HOUSE, "changed_by_id": CHANGED},
        finds={Whom.STAFF: "changed_by_id = %(person)s"},
        **MARKED,  # type: ignore[arg-type]
    ),
    Table(
        name="protect_run",
        room="protect",
        what=_("Nights of the retention run"),
        columns={
            **dict.fromkeys(("day", "planned_at", "needs_yes", "yes_at", "began_at", "ended_at"), HOUSE),
            "id": ROW,
            "yes_by_id": of_staff(Data.LINK, _("who said yes")),
        },
        finds={Whom.STAFF: "yes_by_id = %(person)s"},
        goes=(Goes("protocol", "day", day=True),),
        **MARKED,  # type: ignore[arg-type]
    ),
    Table(
        "protect_line",
        "protect",
        _("What went in a night: counts"),
        dict.fromkeys(
            ["id", "run_id", "table", "clock", "step", "cutoff", "planned", "held", "jumps", "went", "done"],
            HOUSE,
        ),
    ),
    Table(
        name="protect_need",
        room="protect",
        what=_("Which concern needs what"),
        columns={
            "id": ROW,
            **dict.fromkeys(("about", "category", "state", "reason", "changed_at"), HOUSE),
            "changed_by_id": CHANGED,
        },
        finds={Whom.STAFF: "changed_by_id = %(person)s"},
        **MARKED,  # type: ignore[arg-type]
    ),
    Table(
        "protect_ownnumber",
        "protect",
        _("How the insurer writes its numbers"),
        dict.fromkeys(("id", "category", "form"), HOUSE),
    ),
)
