"""A round with questions of many kinds, reasons for no answer, and a very long text."""

import pytest

from engage.responses.models import Round
from tests.factories.questionnaires import SMALL, small_document
from tests.factories.results import make_response, make_round_of

LONG = "å" * 32_768


def text(words: str, arabic: str = "نص") -> dict[str, str]:
    return {"sv": words, "ar": arabic}


STEPS = [{"key": k, "label": text(f"Steg {k}", f"خطوة {k}")} for k in ("bad", "so_so", "good")]
ITEMS = [
    *SMALL["items"],
    {"key": "well", "type": "scale", "label": text("Trivs du?"), "choice_list": "steps"},
    {
        "key": "likes",
        "type": "multiple_choice",
        "label": text("Vad är bra på torget?", "ما الجيد؟"),
        "choice_list": "steps",
        "dont_know": True,
    },
    {"key": "cold", "type": "number", "label": text("Hur kallt?"), "prefer_not": True},
    {
        "key": "story",
        "type": "long_text",
        "label": text("Berätta"),
        "settings": {"maximum": 40_000},
    },
    {"key": "since", "type": "date", "label": text("Sedan när?")},
]
LISTS = {**SMALL["choice_lists"], "steps": {"choices": STEPS}}


@pytest.fixture
def round_(app: object) -> Round:
    made = make_round_of(small_document(items=ITEMS, choice_lists=LISTS))
    first = {"children": "yes", "how_many": "2", "well": "good", "likes": ["bad", "good"]}
    day = {"since:year": "2019", "since:month": "5", "since:day": "4"}
    make_response(made, {**first, **day, "cold": "-12", "wish": "=1+1 åäö نعم"})
    make_response(made, {"children": "~prefer_not", "likes": "~dont_know", "cold": "~prefer_not"})
    make_response(made, {"children": "no", "cold": "100000", "story": LONG})
    return made
