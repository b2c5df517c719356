"""Of two background questions one is shown by the other: both ways round would tell more (P-28)."""

import pytest

from engage.results.disclosure import Policy
from engage.results.looking import Wanted
from engage.results.page import results_page
from engage.results.table.engine import reading
from engage.results.table.store import response_table
from engage.results.wording import Reader
from tests.factories.communities import make_community
from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_stored_responses
from tests.results.rounds import LISTS

pytestmark = pytest.mark.sqlite_only


def question(key, choices):
    words = {"sv": key, "ar": key}
    return {
        "key": key, "type": "single_choice", "label": words, "choice_list": choices,
        "background": True,
    }  # fmt: skip


@pytest.fixture
def told(app, db):
    """Return a function: which questions are told, of everybody or of one group."""
    items = [question("age", "ages"), question("need", "needs")]
    version = make_version(make_community(), small_document(items=items, choice_lists=LISTS))
    round_ = make_round(version=version)
    pairs = [(age, need) for age in ("young", "old") for need in ("work", "park")] * 20
    rows = [{"answers": {"age": age, "need": need}} for age, need in pairs]
    make_stored_responses(round_, rows)
    home = app.config["INSTANCE_FOLDER"]

    def read(chosen=None):
        with response_table(round_, home) as table:
            wanted = Wanted(Reader("sv"), Policy(), chosen=chosen)
            page = results_page(table, reading(home), wanted)
        return {block.key for block in page.blocks if block.told.finding}

    return read


def test_one_way_round_is_shown_and_the_other_is_not(told):
    assert told() == {"age", "need"}
    assert told(("age", "young")) | told(("need", "work")) in ({"age"}, {"need"})
    assert told(("age", "young")) & told(("need", "work")) == set()
