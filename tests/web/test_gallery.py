"""Every part of the house in every state: accessible, touchable, and never wider than the phone."""

import re

import pytest

from engage.web.gallery import SCREENS
from engage.web.icons import SHAPES, icon

pytestmark = pytest.mark.sqlite_only

PATHS = ["", *SCREENS]
#: Links inside a sentence may be as small as their line (WCAG 2.5.8); hidden inputs have a label.
TARGETS = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary')]
  .map(e => [e, (e.labels && e.labels[0]?.classList.contains('tile') ? e.labels[0] : e)])
  .filter(([e, _]) => !e.classList.contains('skip') && e.type !== 'hidden')
  .map(([e, target]) => [e.outerHTML.slice(0, 90), target.getBoundingClientRect()])
  .filter(([_, box]) => box.width && box.height && Math.min(box.width, box.height) < 44)
  .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
#: Inside the window? On top of what is there? With a ring of 3 px? (A tile draws it round itself.)
FOCUS = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const tile = e.closest('.tile');
  const box = (tile || e).getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const ring = tile ? getComputedStyle(e.nextElementSibling, '::after') : getComputedStyle(e);
  return [box.top >= 0 && box.bottom <= innerHeight, (tile || e).contains(top),
    parseInt(ring.outlineWidth) >= 3, e.outerHTML.slice(0, 80)];
}"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth + 1"


@pytest.mark.parametrize("language", ["sv", "ar", "fa", "ti"])
@pytest.mark.parametrize("path", PATHS)
def test_each_page_of_the_gallery_is_sound(make_app, language, path):
    client = make_app(GALLERY=True).test_client()
    client.get_page(f"/{language}/_gallery/{path}")


def test_there_is_no_gallery_unless_it_is_asked_for(client):
    assert client.get("/sv/_gallery/").status_code == 404


def test_there_is_no_other_screen(make_app):
    client = make_app(GALLERY=True).test_client()
    assert client.get("/sv/_gallery/index").status_code == 404


@pytest.mark.parametrize("name", SHAPES)
def test_an_icon_is_small_and_hidden_from_screen_readers(name):
    drawn = icon(name)
    assert len(drawn) <= 600
    assert 'aria-hidden="true"' in drawn


def test_the_frame_of_a_resident_page_weighs_less_than_3_kilobytes(make_app):
    client = make_app(GALLERY=True).test_client()
    for language in ("sv", "ar"):
        html = client.get(f"/{language}/_gallery/question").text
        frame = re.sub(r'<main id="main".*</main>', "", html, flags=re.DOTALL)
        assert len(frame.encode()) <= 3 * 1024


def test_a_page_without_a_catalogue_says_which_words_are_english(make_app):
    client = make_app(GALLERY=True).test_client()
    page = client.get_page("/ti/_gallery/question")
    assert page.find("/html").get("lang") == "ti"
    assert page.find("//body/header").get("lang") == "en"
    assert page.find("//body/footer").get("lang") == "en"
    assert client.get_page("/ar/_gallery/question").find("//body/header").get("lang") is None


@pytest.fixture
def gallery(phone):
    """Return a function that opens a page of the gallery and fails if it is too wide."""

    def look(language, path, *, scheme="light", width=360, text="100%"):
        phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        phone.set_viewport_size({"width": width, "height": 640})
        phone.goto(f"/{language}/_gallery/{path}")
        phone.evaluate(f"document.documentElement.style.fontSize = '{text}'")
        assert not phone.evaluate(TOO_WIDE), f"{language} {path} scrolls sideways at {width} px"
        return phone

    return look


MODES = {
    "light": ("sv", "light", "100%"),
    "dark, right-to-left, text at 200 %": ("ar", "dark", "200%"),
}


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(gallery, check_axe, mode):
    language, scheme, text = MODES[mode]
    for path in PATHS:
        check_axe(gallery(language, path, scheme=scheme, text=text))


@pytest.mark.parametrize(("language", "scheme"), [("sv", "dark"), ("ar", "light"), ("fa", "dark")])
def test_axe_finds_nothing_in_any_part(gallery, check_axe, language, scheme):
    check_axe(gallery(language, "", scheme=scheme))


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_everything_can_be_touched_at_320_pixels(gallery, language):
    for path in PATHS:
        assert gallery(language, path, width=320).evaluate(TARGETS) == [], path


def test_the_text_spacing_of_a_reader_cuts_nothing(gallery):
    page = gallery("sv", "question", width=320)
    page.evaluate(
        """() => { for (const e of document.querySelectorAll('body *')) {
          e.style.lineHeight = '1.5';
          e.style.letterSpacing = '.12em';
          e.style.wordSpacing = '.16em';
        } }"""
    )
    assert not page.evaluate(TOO_WIDE)
    cut = "e => e.scrollHeight > e.clientHeight + 4"
    assert not page.evaluate(
        f"[...document.querySelectorAll('.tile, button')].filter({cut}).length"
    )


def test_the_focus_is_seen_and_never_covered(gallery):
    page = gallery("sv", "question", width=320)
    stops = 0
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUS)
        if seen is None:
            break
        stops += 1
        assert seen[:3] == [True, True, True], seen
    assert stops >= 9


def test_a_first_visit_is_small(gallery):
    page = gallery("ar", "start")
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".map(e => e.transferSize)"
    )
    assert len(sizes) <= 5
    assert sum(sizes) <= 30 * 1024
