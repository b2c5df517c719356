"""Forms that real organisations made are answered to the end, with and without JavaScript."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page

from engage.extensions import db
from engage.i18n.current import use_language
from engage.i18n.languages import LANGUAGES
from engage.questionnaires.actions import create_questionnaire, publish_version
from engage.questionnaires.checking import languages_complete
from engage.questionnaires.document import Document
from engage.questionnaires.path import form_of, walk_answers
from engage.questionnaires.xlsform import read_xlsform
from engage.responses.generating import generate_entry
from engage.responses.rounds.actions import create_round, open_round
from tests.factories.communities import make_community
from tests.journeys.conftest import Served, Visitor

pytestmark = pytest.mark.xdist_group("real forms")

FOLDER = Path(__file__).parents[3] / "shared" / "real-input" / "xlsforms"
FORMS = (
    "ifrc_distribution_site_assessment",
    "mitwirken_umfrage",
    "odk_all_question_types",
    "ucl_biomass_plot",
    "unhcr_demo",
    "unhcr_wt_survey",
)
FILLER = (Path(__file__).parent / "filler.js").read_text(encoding="utf-8")
#: What an imported form does not tell, and a round has to.
_TOLD = "Who asks, why, and what happens with the answers."

each_form = pytest.mark.parametrize("name", FORMS)


def document_of(name: str) -> Document:
    """Return the document of a real form, its losses accepted."""
    path = FOLDER / f"{name}.xlsx"
    if not path.exists():
        pytest.skip(f"the real form {path.name} is not in shared/real-input/xlsforms")
    found = read_xlsform(path.read_bytes(), path.name, "en")
    assert found.document is not None, found.problems
    return found.document


def opened(served: Served, name: str) -> tuple[str, list[str]]:
    """Open a round of a real form; return its address and its whole languages."""
    return opened_document(served, name.replace("_", "-"), document_of(name))


def opened_document(served: Served, slug: str, document: Document) -> tuple[str, list[str]]:
    """Publish a form, open a round of it in its whole languages; return its address and those."""
    whole = list(languages_complete(document))
    told = dict.fromkeys(document.languages, _TOLD)
    words = {"who": told, "why": told, "what_happens": told}
    document = document.model_copy(
        update={"introduction": document.introduction.model_copy(update=words)}
    )
    now = datetime.now(UTC)
    with served.app.app_context(), use_language("en"):
        if answers_stored(served, slug) is None:
            contact = {"contact_name": "An office", "contact_email": "office@example.org"}
            community = make_community(slug=slug, languages=whole, **contact)
            made = create_questionnaire(community, slug, document, now=now, who=None)
            version = publish_version(made, now=now, who=None, vouched=True)
            found = create_round(
                community,
                version,
                slug=slug,
                name=dict.fromkeys(whole, slug),
                languages=whole,
                opens_at=now,
                now=now,
                who=None,
                retention="Until the test has ended.",
            )
            open_round(found, now=now, who=None, vouched=True)
            db.session.commit()
        db.session.remove()
    return slug, whole


def answers_stored(served: Served, slug: str) -> int | None:
    """Return how many answers a round has, None where there is no such round."""
    with closing(sqlite3.connect(served.instance / "engage.sqlite")) as database:
        found = database.execute("select id from rounds where slug = ?", (slug,)).fetchone()
        asked = "select count(*) from responses where round_id = ?"
        return database.execute(asked, found).fetchone()[0] if found else None


def refused(page: Page) -> dict[str, str]:
    """Return the questions that are told to be wrong, with what is told."""
    return dict(
        page.evaluate(
            "[...document.querySelectorAll('.question[data-name]')].map((one) =>"
            " [one.dataset.name, one.querySelector('.error')?.textContent.trim()])"
            ".filter(([name, text]) => text)"
        )
    )


def fill(page: Page, tries: Counter[str], *, is_page: bool = False) -> None:
    """Answer what is on the screen and go on, to a page where `is_page`; note what was refused."""
    page.evaluate(FILLER, dict(tries))
    with page.expect_navigation() if is_page else nullcontext():
        page.locator("#continue").click()
    wrong = refused(page)
    tries.update(wrong.keys())
    stuck = {name: text for name, text in wrong.items() if tries[name] > 20}
    assert not stuck, f"nothing satisfies {stuck}"


@each_form
def test_a_real_form_is_answered_screen_by_screen(
    scratch: Served, visit: Callable[..., Visitor], name: str
) -> None:
    slug, languages = opened(scratch, name)
    visitor, language = visit(scratch), languages[0]
    page, tries, more = visitor.page, Counter[str](), set[str]()
    start(visitor, slug, language)
    for _ in range(600):
        if page.locator("#review").is_visible():
            break
        add_one_more(page, more)
        fill(page, tries)
    assert page.locator(".review-item").count() > 5
    send(visitor, scratch, slug, language)


def add_one_more(page: Page, done: set[str]) -> None:
    """Where entries can be added, begin one."""
    button = page.locator('button[value^="add "]:visible')
    if button.count():
        what = str(button.first.get_attribute("value"))
        if what not in done and len(done) < 3:
            done.add(what)
            button.first.click()


@each_form
def test_a_real_form_is_answered_without_javascript(
    scratch: Served, visit: Callable[..., Visitor], name: str
) -> None:
    slug, languages = opened(scratch, name)
    visitor, language = visit(scratch, script=False), languages[-1]
    page, tries = visitor.page, Counter[str]()
    start(visitor, slug, language)
    for _ in range(40):
        if not page.locator("#continue").count():
            break
        fill(page, tries, is_page=True)
    assert page.locator(".review-item").count() > 5
    send(visitor, scratch, slug, language)


def start(visitor: Visitor, slug: str, language: str) -> None:
    """Come in by the poster; the frame is in English where it has no words of the language."""
    page = visitor.page
    visitor.go(f"/r/{slug}")
    page.locator(f'main a[href*="/{language}/"]').click()
    page.wait_for_url(f"**/{language}/**")
    assert page.locator("html").get_attribute("lang") == language
    own = page.locator("footer").first.get_attribute("lang")
    assert own == (None if LANGUAGES[language].interface else "en")
    page.locator('button[name="take"][value="yes"]').click()
    page.wait_for_url("**/answer?*")
    page.locator("#continue").wait_for()
    visitor.check()


def send(visitor: Visitor, served: Served, slug: str, language: str) -> None:
    """Look at the review, send, and find one more row."""
    before = answers_stored(served, slug) or 0
    visitor.check()
    visitor.page.locator('button[name="do"][value="send"]:visible').click()
    visitor.page.wait_for_url(f"**/{language}/r/{slug}/receipt*")
    visitor.check()
    assert answers_stored(served, slug) == before + 1


@each_form
def test_generated_answers_of_a_real_form_walk_without_errors(scratch: Served, name: str) -> None:
    document = document_of(name)
    today = datetime.now(UTC).date()
    for number in range(5):
        language = languages_complete(document)[number % len(languages_complete(document))]
        with scratch.app.app_context(), use_language(language):
            entry = generate_entry(document, language, today, Random(number))
            walked = walk_answers(document, form_of(document, entry), language, today)
        # A required question may have no answer that can be made up: that is told, nothing else.
        needed = {step.name for step in walked.steps if step.asked.question.required}
        assert set(walked.errors) <= needed
        assert walked.entry == entry
