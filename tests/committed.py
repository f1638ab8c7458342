"""A database in which a test commits, without emptying a hundred tables after it: for tests that touch few.

What such a test leaves in the tables of its own room it takes away at its start; elsewhere it leaves nothing.
"""

import pytest
from django.db import connection


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield
        connection.close()
