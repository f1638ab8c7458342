import pytest

from tests import world


@pytest.mark.browser
def test_the_house_stands_and_ada_is_signed_in(house, person_page):
    page = person_page(world.ada(), "/voice/microphone/")
    assert page.locator("h1").inner_text() == "Does my microphone work?"
    assert page.locator("phone-bar").count() == 1
