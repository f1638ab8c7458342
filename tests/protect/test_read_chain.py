"""The read log has a chain, a seal and anchors of its own, and one code with the journal."""

import pytest
from django.db import transaction

from firsthand.journal import actions as chaining
from firsthand.journal import anchors
from firsthand.journal import queries as journal
from firsthand.protect import actions, queries
from firsthand.protect.models import READS
from firsthand.protect.models.reads import What
from tests.committed import committed  # noqa: F401  a fixture
from tests.journal import tamper
from tests.protect.reads import reads


@pytest.fixture
def _empty(committed, settings, tmp_path):  # noqa: F811
    settings.HOME = tmp_path
    tamper.forget_everything()
    yield
    tamper.forget_everything()


@pytest.mark.usefixtures("_empty")
def test_it_has_a_chain_and_anchors_of_its_own():
    with transaction.atomic():
        for member in range(1, 4):
            actions.reading(What.CONSENT, member, by=None, why="proof")
    assert chaining.seal() == 3
    assert chaining.anchor() == 1
    assert [anchor.n for anchor in anchors.dropped(READS)] == [3]
    assert anchors.dropped() == []
    assert journal.verify(READS) == journal.walk(READS) == journal.Verdict(True, 3)
    assert [(chain.name, chain.ok, chain.checked) for chain in queries.chains()] == [
        ("journal", True, 0),
        ("reads", True, 3),
    ]
    second = reads()[1].id
    assert tamper.rewrite("UPDATE protect_read SET member_id = 9 WHERE id = %s", second, ledger=READS) == 1
    assert journal.verify(READS) == journal.walk(READS) == journal.Verdict(False, 1, second, "changed")
    assert journal.verify() == journal.Verdict(True, 0), "the journal is another ledger"
