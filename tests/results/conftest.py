"""What tests of results share: a community of two areas."""

import pytest

from tests.factories.communities import make_area, make_community


@pytest.fixture
def community(db):
    made = make_community()
    for key in ("norra", "sodra"):
        make_area(made, key, population=900)
    return made
