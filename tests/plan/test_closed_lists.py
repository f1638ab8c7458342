"""What has a closed list of values holds none that is not in it: the database says so, whoever writes."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from firsthand.kernel.fields import Listed
from firsthand.plan.models import Event

pytestmark = pytest.mark.django_db

LISTED = [
    (model, field)
    for model in apps.get_app_config("plan").get_models()
    for field in model._meta.local_fields
    if isinstance(field, models.CharField) and field.choices
]


def checks() -> dict[tuple[str, str], set[str]]:
    """Table and column → the values that a CHECK of this column alone allows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, a.attname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
            "WHERE contype = 'c' AND cardinality(conkey) = 1"
        )
        return {
            (table, column): set(re.findall(r"'([^']*)'::", said))
            for table, column, said in cursor.fetchall()
        }


def test_every_closed_list_of_the_room_is_kept_by_the_database():
    found = checks()
    assert len(LISTED) > 20
    for model, field in LISTED:
        allowed = {value for value, _label in field.flatchoices} | ({""} if field.blank else set())
        assert isinstance(field, Listed), field
        assert found[model._meta.db_table, field.column] == allowed, field


def test_an_event_of_no_kind_is_refused():
    event = Event.objects.create(kind="letters", first=timezone.localdate(), last=timezone.localdate())
    with pytest.raises(IntegrityError, match="plan_event_kind_check"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(kind="garbage")
