"""The tables of what we build upon: sessions, the cache, jobs, Django's own."""

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import TECHNICAL, Data, Goes, Table, none, of_staff

SESSION = _("when the session ends; the chore “sessions” looks every hour")
JOB = none(_("numbers of rows; a job takes ids and nothing else"))

keeping.register(
    Table(
        name="django_session",
        room="config",
        what=_("Who is signed in"),
        columns={
            "session_key": of_staff(Data.CREDENTIALS, _("key of the browser's cookie")),
            # Signed in as whom, in which language. Whose a session is cannot be asked of the table.
            "session_data": of_staff(Data.DEVICE, _("who is signed in")),
            "expire_date": TECHNICAL,
        },
        purposes=(_("Staying signed in for a working day"),),
        basis=_("CH: Art. 328b CO. DE: § 26 BDSG"),
        source=_("The colleague's sign-in"),
        recipients=_("Nobody outside the insurer"),
        goes=(Goes("session", "expire_date", by_itself=SESSION),),
    ),
    Table(
        name="firsthand_cache",
        room="config",
        what=_("Counts of tries, and what takes long to count"),
        columns={
            "cache_key": none(_("a keyed digest")),
            "value": none(_("counts and times")),
            "expires": TECHNICAL,
        },
        goes=(Goes("session", "expires", by_itself=_("Django's cache, as it fills")),),
    ),
    Table(
        name="procrastinate_jobs",
        room="config",
        what=_("What is to be done soon"),
        columns={
            "id": TECHNICAL,
            "queue_name": TECHNICAL,
            "task_name": TECHNICAL,
            "lock": JOB,
            "args": JOB,
            "status": TECHNICAL,
            "scheduled_at": TECHNICAL,
            "attempts": TECHNICAL,
            "queueing_lock": JOB,
            "priority": TECHNICAL,
            "abort_requested": TECHNICAL,
            "worker_id": TECHNICAL,
        },
    ),
    *(
        Table(name, "config", what, dict.fromkeys(columns.split(), TECHNICAL))
        for name, what, columns in (
            ("procrastinate_events", _("What was done when"), "id job_id type at"),
            (
                "procrastinate_periodic_defers",
                _("What is done by the clock"),
                "id task_name defer_timestamp job_id periodic_id",
            ),
            ("procrastinate_workers", _("Who does it"), "id last_heartbeat"),
            ("django_content_type", _("Django's list of models"), "id app_label model"),
            ("django_migrations", _("How the tables were made"), "id app name applied"),
            ("auth_group", _("Django's groups; not used"), "id name"),
            ("auth_group_permissions", _("Django's rights; not used"), "id group_id permission_id"),
            ("auth_permission", _("Django's rights; not used"), "id name content_type_id codename"),
        )
    ),
)
