"""The first migration of a room, run as a whole.

Django draws every model that is related to a new one anew, after each operation: for a hundred tables that all point
at a person, three thousand times, which is most of the first start. Here the tables of a room are drawn once.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class Tables(migrations.Migration):
    """Only for tables that are made whole, with their indexes and constraints, each after those it points at."""

    initial = True

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        if collect_sql or not all(type(made) is migrations.CreateModel for made in self.operations):
            return super().apply(project_state, schema_editor, collect_sql)
        vars(project_state).pop("apps", None)  # drawn models are drawn again with each change
        state = self.mutate_state(project_state, preserve=False)
        for made in self.operations:
            # A table is made from what will be; what was before, Django does not look at.
            made.database_forwards(self.app_label, schema_editor, state, state)
        return state
