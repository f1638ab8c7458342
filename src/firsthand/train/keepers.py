"""Who may answer what, until when."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import ROW, Data, Goes, Table, Whom, deleted, of_staff

keeping.register(
    Table(
        name="train_readiness",
        room="train",
        what=_("Who is ready for which topic"),
        columns={
            "id": ROW,
            "topic": of_staff(Data.WORK, _("topic")),
            "until": of_staff(Data.WORK, _("until")),
            "given_at": of_staff(Data.BEHAVIOUR, _("given")),
            "given_by_id": of_staff(Data.LINK, _("given by")),
            "person_id": of_staff(Data.LINK, _("colleague")),
        },
        purposes=(_("Putting through only to somebody who is trained"),),
        basis=_("CH: Art. 328b CO. DE: § 26 BDSG"),
        source=_("The organiser"),
        recipients=_("The organiser"),
        finds={Whom.STAFF: "person_id = %(person)s"},
        erased={Whom.STAFF: deleted()},
        goes=(Goes("readiness", "until", day=True),),
    ),
)
