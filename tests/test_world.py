import pytest

from tests import world


@pytest.mark.django_db
def test_the_world_stands():
    assert world.ada().answers
    assert not world.dario().answers
    assert world.frau_keller().name == "Ruth Keller"
