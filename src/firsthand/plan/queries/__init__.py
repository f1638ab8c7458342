"""What is read of the front weeks: a file for each step of planning."""

from firsthand.plan.queries.weeks import Weeks, front_week, next_week, week_for, weeks

__all__ = ["Weeks", "front_week", "next_week", "week_for", "weeks"]
