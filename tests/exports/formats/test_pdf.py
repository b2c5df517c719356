"""The report as PDF: tagged, with bookmarks, in every language, and nothing of too few in it."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from engage.exports.contents import Options
from engage.exports.making import make_export
from engage.results.actions import write_finding
from tests.factories.accounts import make_user
from tests.factories.communities import make_area, make_community
from tests.factories.questionnaires import make_round, make_version
from tests.factories.results import make_response, make_responses
from tests.results.rounds import document, make_answered_round

pytestmark = pytest.mark.sqlite_only
#: Signs of Typst's own markup, a script without a font here, and an emoji.
STRANGE = '#let x = 1 *fett* \\ "citat" <b> ሰላም 🌳'


@pytest.fixture
def community(db):
    made = make_community()
    for key in ("norra", "sodra"):
        make_area(made, key)
    return made


def report(round_, folder, language="sv"):
    home, target = folder / "home", folder / f"{language}.pdf"
    options = Options(language, what="tables")
    make_export(round_, "pdf", options, home, target, date(2027, 3, 9), lambda *_: None)
    return target.read_bytes()


def read(content):
    return PdfReader(io.BytesIO(content))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def bookmarks(entries):
    for one in entries:
        if isinstance(one, list):
            yield from bookmarks(one)
        else:
            yield one.title


def tags(node):
    """Yield every element of the structure: its kind and its alternative text."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from tags(node["/K"])


def test_it_says_what_it_is_and_in_which_language(community, tmp_path):
    round_ = make_answered_round(community)
    for language in ("sv", "ar"):
        reader = read(report(round_, tmp_path, language))
        assert reader.trailer["/Root"]["/Lang"] == language
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.metadata.title == round_.name[language]
        assert len(reader.pages) > 5


def test_every_question_has_a_bookmark_a_picture_with_words_and_a_table(community, tmp_path):
    reader = read(report(make_answered_round(community), tmp_path))
    titles = list(bookmarks(reader.outline))
    asked = [question.label["sv"] for question in document().questions.values()]
    assert [title for title in titles if title in asked] == asked
    found = list(tags(reader.trailer["/Root"]["/StructTreeRoot"]))
    kinds = [kind for kind, _alt in found]
    assert {"/Title", "/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/TOC"} <= set(kinds)
    pictures = [alt for kind, alt in found if kind == "/Figure"]
    assert len(pictures) >= 8
    assert all(pictures)
    assert kinds.count("/Table") >= len(pictures)


def test_it_says_what_the_pages_of_results_say(community, tmp_path):
    told = words(read(report(make_answered_round(community), tmp_path)))
    for one in ("Vilka som svarade", "n = cirka", "Frågor och svar", "Så togs siffrorna fram"):
        assert one in told
    assert "Rapporten gjordes 9 mars 2027." in told


def test_a_sentence_of_staff_stands_above_what_the_figures_say(community, tmp_path):
    round_ = make_answered_round(community)
    now = datetime(2027, 3, 4, tzinfo=UTC)
    write_finding(round_, "mood", {"sv": "Åtta av tio trivs."}, who=make_user(), now=now)
    assert (
        "Åtta av tio trivs. Med frågeställarnas egna ord, 4 mars 2027. Siffrorna säger:"
        in words(read(report(round_, tmp_path)))
    )


def test_p24_nothing_of_too_few_and_nothing_typed_is_in_it(community, tmp_path):
    few = make_round(version=make_version(community, document()))
    for first in ("work", "safety", "park"):
        make_response(few, {"first": first, "wish": "Fler bänkar"})
    told = words(read(report(few, tmp_path)))
    assert "För få svar" in told
    assert "%" not in told.split("Så togs siffrorna fram")[0].replace("(95 %)", "")
    many = make_answered_round(community, slug="many")
    make_responses(many, [{"first": "work", "wish": "Fler bänkar i parken"}] * 20)
    assert "bänkar" not in words(read(report(many, tmp_path)))


def test_what_staff_wrote_is_read_as_words_and_no_sign_stops_it(community, tmp_path):
    text = document().model_dump(mode="json", exclude_defaults=True)
    text["items"][1]["label"] = {"sv": STRANGE, "ar": "أ"}
    strange = type(document()).model_validate(text)
    round_ = make_round(version=make_version(community, strange))
    make_responses(round_, [{"first": "work"}] * 40 + [{"first": "park"}] * 30)
    reader = read(report(round_, tmp_path))
    assert STRANGE in list(bookmarks(reader.outline))
    kinds = {kind for kind, _alt in tags(reader.trailer["/Root"]["/StructTreeRoot"])}
    assert {"/H2", "/Table"} <= kinds


def test_it_is_the_same_file_when_asked_twice(community, tmp_path):
    round_ = make_answered_round(community)
    assert report(round_, tmp_path) == report(round_, tmp_path)


def test_a_table_longer_than_a_page_goes_on_under_its_heads(community, tmp_path):
    text = document().model_dump(mode="json", exclude_defaults=True)
    rows = [{"key": f"r{n}", "label": {"sv": f"Rad {n}", "ar": f"صف {n}"}} for n in range(60)]
    text["items"][4]["settings"]["rows"] = rows
    long = type(document()).model_validate(text)
    round_ = make_round(version=make_version(community, long))
    answers = {f"trust:r{n}": "good" for n in range(60)}
    others = {f"trust:r{n}": "bad" for n in range(60)}
    make_responses(round_, [answers] * 40 + [others] * 30)
    reader = read(report(round_, tmp_path))
    pages = [page.extract_text() for page in reader.pages]
    assert sum("Rad 59" in page for page in pages) >= 1
    assert sum("Personer, ungefär" in page for page in pages) >= 2
