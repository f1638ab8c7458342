import pytest

from firsthand.know import actions, catalogue
from firsthand.know.models import Concern, ConcernText

pytestmark = pytest.mark.django_db


def test_it_brings_every_concern_into_the_database():
    actions.load_catalogue()
    assert Concern.objects.count() == len(catalogue.rows()) == 62
    assert ConcernText.objects.count() == len(catalogue.texts())


def test_a_second_run_changes_nothing():
    actions.load_catalogue()
    before = list(ConcernText.objects.values_list())
    assert actions.load_catalogue() == 0
    assert list(ConcernText.objects.values_list()) == before


def test_a_run_mends_what_was_changed_by_hand():
    actions.load_catalogue()
    keys = dict(Concern.objects.values_list("code", "pk"))
    Concern.objects.filter(code="CH09").update(topic="umzug")
    ConcernText.objects.filter(concern__code="CH01", language="de").update(question="?")
    assert actions.load_catalogue() == 2
    assert Concern.objects.get(code="CH09").topic == "franchise"
    assert dict(Concern.objects.values_list("code", "pk")) == keys
