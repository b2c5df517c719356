"""What every export format must do: one file in engage/exports/formats/ is all there is to it."""

import zipfile
from datetime import date

import pytest

from engage.exports.contents import Options
from engage.exports.formats import FORMATS
from engage.exports.making import make_export
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only

TYPED = "Fler bänkar i parken"
HOLDING_ANSWERS = [name for name, one in FORMATS.items() if one.carries_answers]
FORMS = [
    {"children": "yes", "how_many": "2", "wish": TYPED},
    {"children": "no", "wish": '=HYPERLINK("#A1")'},
    {"children": "~prefer_not"},
]


@pytest.fixture
def round_(app):
    return make_round()


def _made(round_, folder, name, **options):
    told = []
    chosen = Options(language=round_.languages[0], **options)
    made = make_export(
        round_,
        name,
        chosen,
        folder / "home",
        folder / "out",
        date(2027, 3, 9),
        lambda *numbers: told.append(numbers),
    )
    return made, told


def _everything(file):
    if not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as packed:
        # A spreadsheet says when it was made; that is not of the answers.
        return b"\n".join(packed.read(one) for one in packed.namelist() if "docProps" not in one)


@pytest.mark.parametrize("name", FORMATS)
def test_it_says_what_it_is(name):
    one = FORMATS[name]
    assert str(one.label)
    assert str(one.help)
    assert one.extension == one.extension.strip(". ")
    assert "/" in one.media_type


@pytest.mark.parametrize("free_text", ["none", "apart"])
@pytest.mark.parametrize("name", HOLDING_ANSWERS)
def test_a_round_without_answers_gives_a_file(round_, tmp_path, name, free_text):
    made, _told = _made(round_, tmp_path, name, free_text=free_text)
    assert made.file.exists()


@pytest.mark.parametrize("name", HOLDING_ANSWERS)
def test_every_answer_is_in_it_and_counted(round_, tmp_path, name):
    make_responses(round_, FORMS * 400)
    made, told = _made(round_, tmp_path, name)
    assert told[-1][0] == 1200
    assert [numbers[0] for numbers in told] == sorted(numbers[0] for numbers in told)
    kind = made.name.rsplit(".", 1)[-1]
    assert zipfile.is_zipfile(made.file) == (kind in {"zip", "xlsx"})


@pytest.mark.parametrize("name", HOLDING_ANSWERS)
def test_typed_words_leave_only_when_asked_for(round_, tmp_path, name):
    make_responses(round_, FORMS)
    without, _told = _made(round_, tmp_path, name)
    assert TYPED.encode() not in _everything(without.file)
    apart, _told = _made(round_, tmp_path, name, free_text="apart")
    assert (TYPED.encode() in _everything(apart.file)) == FORMATS[name].carries_words


@pytest.mark.parametrize("name", HOLDING_ANSWERS)
def test_it_is_the_same_file_when_asked_twice(round_, tmp_path, name):
    make_responses(round_, FORMS)
    first, _told = _made(round_, tmp_path, name)
    content = _everything(first.file)
    again, _told = _made(round_, tmp_path, name)
    assert _everything(again.file) == content
