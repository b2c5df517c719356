"""Z-15: where a translation is missing, files have the words of another language, never a gap."""

import csv
import io
from datetime import date

import pytest

from engage.exports.contents import Options
from engage.exports.formats import FORMATS
from engage.exports.making import make_export
from tests.factories.questionnaires import SMALL, small_document
from tests.factories.results import make_responses, make_round_of

pytestmark = pytest.mark.sqlite_only
LISTS = {
    "yes_no": {
        "choices": [{"key": "yes", "label": {"sv": "Ja"}}, {"key": "no", "label": {"sv": "Nej"}}]
    }
}


@pytest.fixture
def round_(app):
    """Return a round whose choices have no Arabic words."""
    found = make_round_of(small_document(choice_lists=LISTS), languages=["sv", "ar"])
    make_responses(found, [{"children": "yes", "how_many": "2"}] * 6)
    return found


def test_z15_a_label_without_words_in_this_language_is_told_in_another(round_, tmp_path):
    [name] = [one for one in FORMATS if "label" in one]
    target = tmp_path / "out"
    day = date(2027, 3, 9)
    make_export(round_, name, Options("ar"), tmp_path, target, day, lambda *_: None)
    heads, *rows = csv.reader(io.StringIO(target.read_bytes().decode("utf-8-sig")))
    assert SMALL["items"][0]["label"]["ar"] in " ".join(heads)
    columns = [{row[at] for row in rows} for at, head in enumerate(heads) if "أطفال" in head]
    assert {"Ja"} in columns
