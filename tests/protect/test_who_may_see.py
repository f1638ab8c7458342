"""The regulation says of each role what it may see, and the pages let it see no more."""

import pytest

from firsthand.people.models import Role
from firsthand.protect.documents import tables
from firsthand.protect.views import consents
from tests import world

pytestmark = pytest.mark.django_db


def told() -> dict[str, str]:
    rows = [line.strip("| ").split(" | ") for line in tables.roles().splitlines()[2:]]
    return dict(rows)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PROTECTION])
def test_who_sees_whom_we_may_call_is_said_to_do_so(client, role):
    client.force_login(world.person("Somebody Else", role))
    opens = client.get("/protect/consents/").status_code == 200
    assert opens == (role in consents.MAY)
    assert ("may be called to advertise" in told()[str(role.label)]) == opens
