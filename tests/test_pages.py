"""The checks that every fetched page goes through find what they are there to find."""

import pytest

from tests.pages import Page, problems_of

GOOD = (
    '<!DOCTYPE html><html lang="sv" dir="ltr"><head><title>Hej – Engage</title></head><body>'
    '<a href="#main">Till innehållet</a><main id="main"><h1>Hej</h1>'
    '<form><label for="name">Namn</label><input id="name" name="name"><button>Spara</button></form>'
    "</main></body></html>"
)

FAULTS = {
    "h1 instead of one": ("<h1>Hej</h1>", "<h1>Hej</h1><h1>Hej</h1>"),
    "is not in the title": ("<title>Hej", "<title>Nej"),
    "no title": ("<title>Hej – Engage</title>", ""),
    "lang is": ('lang="sv"', 'lang="da"'),
    "dir is": ('dir="ltr"', 'dir="rtl"'),
    "is there twice": ("</main>", '<p id="name"></p></main>'),
    "leads nowhere": ('for="name"', 'for="other"'),
    "has no label": ('<label for="name">Namn</label>', ""),
    "nothing names": ("<button>Spara</button>", "<button></button>"),
    "is not marked as ar": (
        "</form>",
        '<label>S<select name="l"><option lang="sv">العربية (ar)</option></select></label></form>',
    ),
    "is not marked as fa": (
        "</form>",
        '<label>S<select name="l"><option lang="fa">فارسی</option></select></label></form>',
    ),
    "no skip link": ('<a href="#main">Till innehållet</a>', ""),
    "inline style": ("<h1>", '<h1 style="color: red">'),
    "inline script": ("</main>", "</main><script>1</script>"),
    "inline handler": ("<button>", '<button onclick="1">'),
    "another host": ("</main>", '<img alt="" src="https://example.org/x.png"></main>'),
    "javascript:": ('href="#main">', 'href="#main"></a><a href="javascript:1">'),
    "not exactly one main": ("<main ", "<div "),
    "not HTML5": ("<!DOCTYPE html>", ""),
}


def test_a_good_page_has_no_problems():
    assert problems_of(Page(GOOD), "/sv/") == []


@pytest.mark.parametrize("problem", FAULTS)
def test_a_fault_is_found(problem):
    good, bad = FAULTS[problem]
    assert good in GOOD
    found = problems_of(Page(GOOD.replace(good, bad)), "/sv/")
    assert any(problem in one for one in found), found


def test_fields_are_what_a_browser_would_send():
    page = Page(
        "<main><form><input name=a value=1><input type=checkbox name=b>"
        "<input type=radio name=c value=x checked><textarea name=d>long</textarea>"
        "<select name=e><option value=1><option value=2 selected></select></form></main>"
    )
    assert page.fields() == {"a": "1", "c": "x", "d": "long", "e": "2"}
