"""Addresses nobody made are not found, whatever stands in them, on both databases."""

import pytest

from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ED%A0%80", "%FF", "%E2%80%AE"])
def test_an_odd_address_is_not_found(client, odd):
    sign_in(client, make_member(make_community()))
    for address in (f"/r/{odd}", f"/sv/{odd}", f"/sv/c/{odd}", f"/sv/r/{odd}"):
        assert client.get(address).status_code == 404
