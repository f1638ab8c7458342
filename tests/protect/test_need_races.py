"""Two officers at the same cell of the matrix: both are saved, the later one holds, nobody gets an error page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from firsthand.journal.models import Entry
from firsthand.people.models import Role
from firsthand.protect import actions
from firsthand.protect.models import Need
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_set_the_same_new_cell_are_saved_one_after_the_other():
    petra, kim = world.petra(), world.person("Kim Muster", Role.PROTECTION)

    def second() -> None:
        try:
            actions.set_need("CH28", "separation", "seal", reason="lieber versiegelt", by=kim)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.set_need("CH28", "separation", "needed", reason="zwei Haushalte", by=petra)
            begun = pool.submit(second)
            assert not wait([begun], timeout=0.3).done, "waits for the first to be saved"
            first = Need.objects.get().changed_at
        begun.result(timeout=20)
    row = Need.objects.get()
    assert row.changed_at > first, "the day that stands there is that of the last change"
    assert (row.state, row.changed_by, row.reason) == ("seal", kim, "lieber versiegelt")
    told = Entry.objects.filter(verb="need_changed").order_by("pk").values_list("details", flat=True)
    assert [(one["before"], one["after"]) for one in told] == [("", "needed"), ("needed", "seal")]
