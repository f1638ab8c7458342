"""Tables of the front weeks: a file for each step of planning."""

from firsthand.plan.models.calling import Absence, CallUp, CallUpQuerySet, Feed, Letter, Mailing, Post, Wish
from firsthand.plan.models.forecasts import (
    Correction,
    Cover,
    Forecast,
    ForecastDay,
    ForecastScore,
    ForecastValue,
    Need,
    Outcome,
    Requirement,
    State,
)
from firsthand.plan.models.rosters import Assignment, Moved, Roster, Swap
from firsthand.plan.models.uploads import Setup, Staged, Upload
from firsthand.plan.models.volumes import Event, Import, Mark, Queue, Volume
from firsthand.plan.models.weeks import DateRange, FrontWeek, Part, Room, Shift, Training, WeekRules

__all__ = [
    "Absence",
    "Assignment",
    "CallUp",
    "CallUpQuerySet",
    "Correction",
    "Cover",
    "DateRange",
    "Event",
    "Feed",
    "Forecast",
    "ForecastDay",
    "ForecastScore",
    "ForecastValue",
    "FrontWeek",
    "Import",
    "Letter",
    "Mailing",
    "Mark",
    "Moved",
    "Need",
    "Outcome",
    "Part",
    "Post",
    "Queue",
    "Requirement",
    "Room",
    "Roster",
    "Setup",
    "Shift",
    "Staged",
    "State",
    "Swap",
    "Training",
    "Upload",
    "Volume",
    "WeekRules",
    "Wish",
]
