"""Jobs of planning: ids in, an action called. A file for each step; procrastinate finds them here."""

from firsthand.plan.tasks import forecasting, letters, needs, rosters, uploads  # noqa: F401
