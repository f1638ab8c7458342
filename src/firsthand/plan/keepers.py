"""What is kept of colleagues when weeks are planned. Of callers nothing is: volumes are counts.

What leads to a row stands before the row: the nightly run goes from top to bottom.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from firsthand.kernel import keeping
from firsthand.kernel.keeping import (
    HOUSE,
    ROW,
    STATE,
    Column,
    Data,
    Goes,
    Table,
    Whom,
    deleted,
    kept,
    of_staff,
)

PURPOSES = (_("Planning who answers when"),)
BASIS = _("CH: Art. 328b CO. DE: § 26 BDSG")
SOURCE = _("The colleague, and the organiser")
RECIPIENTS = _("The organiser; of a published roster everybody in it")
DECIDED = _("Who planned what; the colleague is a number that names nobody")
WEEK_OVER = "(SELECT ends_on FROM plan_frontweek WHERE id = {week})"
OF_ROSTER = "(SELECT week_id FROM plan_roster WHERE id = roster_id)"
OF_CALLUP = "(SELECT week_id FROM plan_callup WHERE id = callup_id)"
OF_ASSIGNMENT = (
    "(SELECT r.week_id FROM plan_assignment a JOIN plan_roster r ON r.id = a.roster_id WHERE a.id = gives_id)"
)
PERSON = of_staff(Data.LINK, _("colleague"))
BY = of_staff(Data.LINK, _("by"))
AT = of_staff(Data.BEHAVIOUR, _("when"))


def _house(name: str, what: Any, *columns: str) -> Table:
    return Table(name, "plan", what, {"id": ROW, **dict.fromkeys(columns, HOUSE)})


def _planned(name: str, what: Any, *columns: str, **more: Column) -> Table:
    """About the house; who did it stands with it."""
    return Table(
        name=name,
        room="plan",
        what=what,
        columns={"id": ROW, **dict.fromkeys(columns, HOUSE), "by_id": BY, "at": AT, **more},
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=_("The organiser"),
        finds={Whom.STAFF: "by_id = %(person)s"},
        erased={Whom.STAFF: kept(DECIDED)},
    )


def _colleague(name: str, what: Any, columns: dict[str, Column], finds: str, goes: Goes) -> Table:
    """About a colleague: theirs to see and to have erased, and gone when nobody compares with it any more."""
    return Table(
        name=name,
        room="plan",
        what=what,
        columns=columns,
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=RECIPIENTS,
        finds={Whom.STAFF: finds},
        erased={Whom.STAFF: deleted()},
        goes=(goes,),
    )


def _after_the_week(week: str) -> Goes:
    return Goes("front_week", WEEK_OVER.format(week=week), day=True)


keeping.register(
    _colleague(
        "plan_swap",
        _("Half-days that colleagues exchange"),
        {
            "id": ROW,
            "gives_id": of_staff(Data.LINK, _("half-day given")),
            "takes_id": of_staff(Data.LINK, _("half-day taken")),
            "asked_by_id": of_staff(Data.LINK, _("asked by")),
            "asked_id": of_staff(Data.LINK, _("asked")),
            "state": of_staff(Data.BEHAVIOUR, _("answer")),
            "at": AT,
            "answered_at": of_staff(Data.BEHAVIOUR, _("answered")),
        },
        "%(person)s IN (asked_by_id, asked_id)",
        _after_the_week(OF_ASSIGNMENT),
    ),
    _colleague(
        "plan_moved",
        _("What changed in a published roster"),
        {
            "id": ROW,
            "roster_id": HOUSE,
            "shift_id": of_staff(Data.WORK, _("half-day")),
            "gone_id": of_staff(Data.LINK, _("who does not come")),
            "came_id": of_staff(Data.LINK, _("who comes")),
            "why": of_staff(Data.WORK, _("why")),
            "by_id": BY,
            "at": AT,
        },
        "%(person)s IN (gone_id, came_id)",
        _after_the_week(OF_ROSTER),
    ),
    _colleague(
        "plan_assignment",
        _("Who works when"),
        {
            "id": ROW,
            "roster_id": HOUSE,
            "person_id": PERSON,
            "shift_id": of_staff(Data.WORK, _("half-day")),
            "room_id": of_staff(Data.WORK, _("room")),
            "training_id": of_staff(Data.WORK, _("training")),
            "duty": of_staff(Data.WORK, _("duty")),
            "starts_at": of_staff(Data.WORK, _("from")),
            "ends_at": of_staff(Data.WORK, _("until")),
            "locked": STATE,
            "buddy_id": of_staff(Data.LINK, _("buddy")),
        },
        "person_id = %(person)s",
        _after_the_week(OF_ROSTER),
    ),
    _planned(
        "plan_roster",
        _("Rosters"),
        *("week_id", "need_id", "state", "stop_asked", "progress", "explained", "problem", "seconds", "seed"),
        "published_at",
    ),
    _colleague(
        "plan_wish",
        _("Half-days somebody would rather have, or not"),
        {
            "id": ROW,
            "callup_id": of_staff(Data.LINK, _("call-up")),
            "shift_id": of_staff(Data.WORK, _("half-day")),
            "kind": of_staff(Data.WORK, _("wish")),
        },
        "callup_id IN (SELECT id FROM plan_callup WHERE person_id = %(person)s)",
        _after_the_week(OF_CALLUP),
    ),
    _colleague(
        "plan_callup",
        _("Who was called up"),
        {
            "id": ROW,
            "week_id": HOUSE,
            "person_id": PERSON,
            "kind": of_staff(Data.WORK, _("called up or volunteer")),
            "answer": of_staff(Data.WORK, _("answer")),
            "returner": of_staff(Data.WORK, _("was there before")),
            "part_percent": of_staff(Data.WORK, _("employed, per cent")),
            "least_shifts": of_staff(Data.WORK, _("half-days, at least")),
            "most_shifts": of_staff(Data.WORK, _("half-days, at most")),
            "called_at": of_staff(Data.BEHAVIOUR, _("called up")),
            "answered_at": of_staff(Data.BEHAVIOUR, _("answered")),
        },
        "person_id = %(person)s",
        _after_the_week("week_id"),
    ),
    _colleague(
        "plan_mailing",
        _("Letters about a front week"),
        {
            "id": ROW,
            "week_id": HOUSE,
            "person_id": PERSON,
            "kind": of_staff(Data.WORK, _("which letter")),
            "state": of_staff(Data.WORK, _("whether it was sent")),
            "by_id": BY,
            "at": AT,
        },
        "person_id = %(person)s",
        _after_the_week("week_id"),
    ),
    _house(
        "plan_letter",
        _("Words of the letters of a front week"),
        *("week_id", "kind", "language"),
        "subject",
        "words",
    ),
    _colleague(
        "plan_absence",
        _("When somebody cannot"),
        {
            "id": ROW,
            "person_id": PERSON,
            "starts_at": of_staff(Data.WORK, _("from")),
            "ends_at": of_staff(Data.WORK, _("until")),
            "source": of_staff(Data.WORK, _("where it comes from")),
            "at": AT,
        },
        "person_id = %(person)s",
        Goes("absence", "ends_at"),
    ),
    _colleague(
        "plan_feed",
        _("Links to somebody's own shifts"),
        {
            "person_id": PERSON,
            "digest": of_staff(Data.CREDENTIALS, _("proof for the calendar")),
            "made_at": of_staff(Data.BEHAVIOUR, _("made")),
        },
        "person_id = %(person)s",
        Goes("front_week", "made_at"),
    ),
    _house(
        "plan_cover",
        _("People a room needs on a half-day"),
        "need_id",
        "shift_id",
        "room_id",
        "helpers",
        "specialists",
    ),
    _house(
        "plan_outcome",
        _("What callers would meet in an interval"),
        *("need_id", "language", "starts_at", "minutes", "calls", "helpers", "specialists"),
        *("service_level", "service_low", "service_high", "abandoned", "asa_seconds"),
    ),
    _house(
        "plan_requirement",
        _("People needed in an interval"),
        *("need_id", "language", "topic", "starts_at", "minutes", "calls", "helpers", "helpers_low"),
        *("helpers_high", "specialists", "erlang_c", "erlang_a", "service_level", "reason"),
    ),
    _planned(
        "plan_need",
        _("Reckonings of how many it takes"),
        *("week_id", "forecast_id", "name", "changes", "state", "progress", "stop_asked", "problem", "seed"),
    ),
    _planned(
        "plan_correction",
        _("Corrections of a forecast by hand"),
        *("queue_id", "starts_at", "ends_at", "factor", "reason", "withdrawn_at"),
    ),
    _house(
        "plan_forecastscore",
        _("How good a forecast is"),
        *("forecast_id", "queue_id", "members", "reason", "busy"),
    ),
    _house(
        "plan_forecastday",
        _("Expected calls of a day"),
        *("forecast_id", "queue_id", "day", "mean", "low", "mid", "high"),
    ),
    _house(
        "plan_forecastvalue",
        _("Expected calls"),
        *("forecast_id", "queue_id", "starts_at", "minutes", "mean", "low", "mid", "high", "aht_seconds"),
    ),
    _planned(
        "plan_forecast",
        _("Forecasts"),
        *("first", "last", "state", "progress", "stop_asked", "problem", "history_until"),
    ),
    _planned("plan_event", _("Planned events"), "kind", "name", "queue_id", "first", "last", "factor"),
    _planned("plan_mark", _("Outages and outliers"), "queue_id", "starts_at", "ends_at", "kind", "reason"),
    _house(
        "plan_volume",
        _("Calls in past intervals"),
        *("queue_id", "starts_at", "minutes", "offered", "answered", "abandoned", "aht_seconds", "source_id"),
    ),
    _planned("plan_import", _("Volumes read in"), "mapping", "rows", "replaced", "first", "last", "digest"),
    _house(
        "plan_staged",
        _("Volumes that wait to be read in"),
        *("upload_id", "queue_id", "starts_at", "minutes", "offered", "answered", "abandoned", "aht_seconds"),
    ),
    Table(
        name="plan_upload",
        room="plan",
        what=_("A file of volumes that is being read in"),
        columns={
            **{"id": ROW, "by_id": BY, "at": AT},
            **dict.fromkeys(
                (
                    *("until", "step", "packed", "encoding", "digest", "lines", "mapping", "names", "found"),
                    *("progress", "state", "stop_asked", "problem", "made_id"),
                ),
                HOUSE,
            ),
        },
        purposes=PURPOSES,
        basis=BASIS,
        source=SOURCE,
        recipients=_("The organiser"),
        finds={Whom.STAFF: "by_id = %(person)s"},
        erased={Whom.STAFF: deleted()},
        goes=(Goes("session", "until", by_itself=_("the chore “plan.tidy” looks every minute")),),
    ),
    _house("plan_setup", _("How far own calls were counted"), "counted_until"),
    _house("plan_queue", _("Queues that are counted"), "code", "name", "language", "topic"),
    _house(
        "plan_training",
        _("Training days"),
        *("week_id", "day", "part", "language", "refresher", "seats", "place", "starts_at", "ends_at"),
    ),
    _house("plan_room", _("Rooms of a front week"), "week_id", "name", "language", "seats"),
    _house("plan_shift", _("Half-days of a front week"), "week_id", "day", "part", "starts_at", "ends_at"),
    Table(
        "plan_weekrules",
        "plan",
        _("Rules of a front week"),
        dict.fromkeys(
            (
                *("week_id", "target_share", "target_seconds", "patience_seconds", "talk_seconds"),
                *("helper_percent", "consult_percent", "consult_seconds", "shrinkage_percent"),
                *("morning_from", "morning_to", "afternoon_from", "afternoon_to"),
                *("least_shifts", "most_shifts", "most_a_week", "rest_hours"),
            ),
            HOUSE,
        ),
    ),
    _house(
        "plan_frontweek",
        _("Front weeks"),
        "name",
        "starts_on",
        "ends_on",
        "after_id",
        "answers_until",
        "volunteers_welcome",
        "made_at",
    ),
)
