"""A table of more columns than an expression of the engine may be deep leaves in every form."""

from datetime import date

import pytest

from engage.exports.contents import Options
from engage.exports.formats import FORMATS
from engage.exports.making import make_export
from tests.factories.communities import make_community
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_responses

pytestmark = pytest.mark.sqlite_only
WORDS = {"sv": "Ord", "ar": "كلمة"}


@pytest.fixture
def round_(app):
    choices = [{"key": f"c{n}", "label": WORDS} for n in range(1200)]
    many = {"key": "many", "type": "multiple_choice", "label": WORDS, "choice_list": "many"}
    # Numbers and texts in turn: no two columns beside each other are of one kind.
    mixed = [
        {"key": f"{key}{n}", "type": kind, "label": WORDS}
        for n in range(150)
        for key, kind in (("number", "number"), ("day", "date"))
    ]
    lists = {"many": {"choices": choices}}
    asked = small_document(items=[many, *mixed], choice_lists=lists)
    found = make_round(version=make_version(make_community(), asked))
    make_responses(found, [{"many": ["c5", "c1199"]}] * 12 + [{"many": ["c7"]}] * 12)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_thousands_of_columns_leave_in_every_form(round_, tmp_path, name):
    what = "answers" if FORMATS[name].carries_answers else "tables"
    options, home, target = Options("sv", what=what), tmp_path / "home", tmp_path / "out"
    made = make_export(round_, name, options, home, target, date(2027, 3, 9), lambda *_: None)
    assert made.rows == 24
    assert made.size > 0
