"""The pages of accounts and communities in a real browser: axe, 320 pixels, no JavaScript."""

from datetime import UTC, datetime

import pytest

from engage.communities.actions.members import invite
from engage.communities.queries import membership_of
from engage.communities.roles import Role
from engage.extensions import db
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.communities import make_area, make_community, make_member, make_partner

NOW = datetime.now(UTC)


@pytest.fixture
def place(live_server):
    """Fill a community; return its secretary and the addresses of its pages."""
    user = make_user(is_admin=True, email="kansli@example.org")
    community = make_community(slug="plats", name={"sv": "Platsen"})
    make_member(community, user=user)
    other = make_member(community, Role.TRANSLATOR)
    partner = make_partner(community)
    for key in ("norr", "soder", "vaster"):
        make_area(community, key)
    _, token = invite(community, "ny@example.org", "Ny", Role.PARTNER, who=user, now=NOW)
    membership = membership_of(other, community).id
    addresses = [
        *("sign-in", f"invitation/{token}", "invitation/over"),
        *("account", "account/password", "account/second-factor", "account/confirm"),
        *("accounts", f"accounts/{other.id}", "communities", "communities/new"),
        *("c/plats", "c/plats/settings", "c/plats/audit"),
        *("c/plats/areas", "c/plats/areas/upload", "c/plats/areas/norr/edit"),
        *("c/plats/partners", "c/plats/partners/new", f"c/plats/partners/{partner.id}"),
        *("c/plats/members", "c/plats/members/invite", f"c/plats/members/{membership}"),
        f"c/plats/members/{membership}/remove",
    ]
    db.session.commit()
    return addresses


def sign_in(page, language):
    page.goto(f"/{language}/sign-in")
    page.fill("input[name=email]", "kansli@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_every_page_passes_axe_and_fits_a_small_phone(phone, place, check_axe):
    phone.set_viewport_size({"width": 320, "height": 640})
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)
        phone.context.clear_cookies()
        phone.goto("/sv/sign-in")
        check_axe(phone)
        sign_in(phone, "sv")
        for address in place[1:]:
            phone.goto(f"/sv/{address}")
            check_axe(phone)
            wide = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{address} is {wide} px too wide"


def test_a_form_with_mistakes_passes_axe(phone, place, check_axe):
    sign_in(phone, "en")
    for address in ("c/plats/partners/new", "c/plats/members/invite", "account/password"):
        phone.goto(f"/en/{address}")
        phone.click("main form button")
        assert phone.title().startswith("Error:")
        check_axe(phone)


def test_signing_in_works_without_javascript_and_stops_guessing_on_all_workers(
    browser, live_server, place
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "en")
    page.goto("/en/account")
    page.click("text=Sign out")
    for _ in range(6):
        page.goto("/en/sign-in")
        # The tries are counted as long as the server lives: an account no other test signs in with.
        page.fill("input[name=email]", "guessed-at@example.org")
        page.fill("input[name=password]", "not the right password")
        page.click("main button")
    assert "Too many tries." in page.inner_text("main")
    context.close()
