"""Columns that the database itself keeps within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Text = models.CharField[Any, str]
else:
    Text = models.CharField


class Listed(Text):
    """One of its `choices`, or empty if it may be `blank`: a CHECK of the column, whoever writes it."""

    # With other choices the column has another CHECK.
    non_db_attrs = tuple(name for name in models.CharField.non_db_attrs if name not in ("blank", "choices"))

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        values = [str(value) for value, _label in self.flatchoices]
        if self.blank:
            values.append("")
        quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
        return f"{connection.ops.quote_name(str(self.column))} IN ({quoted})"
