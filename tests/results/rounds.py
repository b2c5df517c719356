"""Rounds with answers for tests of results: every kind of question, in two languages."""

from random import Random

from tests.factories.questionnaires import make_round, make_version, small_document
from tests.factories.results import make_responses

AGES = ("young", "middle", "old")


def _texts(words):
    return {"sv": words, "ar": f"ع {words}"}


def _choices(*keys):
    return {"choices": [{"key": key, "label": _texts(key.capitalize())} for key in keys]}


LISTS = {
    "ages": _choices(*AGES),
    "needs": _choices("work", "safety", "park"),
    "steps": _choices("bad", "neither", "good", "best"),
    "places": _choices("norra", "sodra"),
}
STEPS = [{"key": str(step), "label": _texts(f"Steg {step}")} for step in range(1, 6)]
ROWS = [{"key": "home", "label": _texts("Hemma")}, {"key": "out", "label": _texts("Ute")}]


def _question(key, kind, **more):
    return {"key": key, "type": kind, "label": _texts(f"Fråga {key}?"), **more}


ITEMS = [
    _question("mood", "scale", choice_list="steps"),
    _question("first", "single_choice", choice_list="needs", dont_know=True),
    _question("needs", "multiple_choice", choice_list="needs"),
    _question("order", "ranking", choice_list="needs"),
    _question("trust", "matrix", choice_list="steps", settings={"rows": ROWS}),
    _question("gap", "gap", settings={"rows": ROWS, "importance": STEPS, "met": STEPS}),
    _question("years", "number", settings={"minimum": 0, "maximum": 90}),
    _question("moved", "date"),
    _question("where", "place", choice_list="places", settings={"text": True, "point": False}),
    _question("wish", "long_text"),
    _question("age", "single_choice", choice_list="ages", background=True),
]


def document():
    """Return a questionnaire with a question of every kind that results tell of."""
    return small_document(items=ITEMS, choice_lists=LISTS)


def forms(number, seed=1):
    """Return believable answers; about one in twelve is old, one in ten writes something."""
    chance = Random(seed)
    pick = chance.choice
    needs = ("work", "safety", "park")
    for at in range(number):
        yield {
            "mood": pick(("bad", "neither", "good", "good", "best")),
            "first": pick(("work", "work", "safety", "park", "~dont_know")),
            "needs": chance.sample(needs, chance.randint(1, 2)),
            **{
                f"order:{n}": key
                for n, key in enumerate(chance.sample(("work", "safety", "park"), 3), 1)
            },
            "trust:home": pick(("good", "best", "neither")),
            "trust:out": pick(("bad", "neither", "good")),
            "gap:home.importance": pick("345"),
            "gap:home.met": pick("123"),
            "gap:out.importance": pick("234"),
            "gap:out.met": pick("345"),
            "years": str(chance.randint(0, 60)),
            "moved:day": "3",
            "moved:month": str(chance.randint(1, 12)),
            "moved:year": str(pick((2024, 2025))),
            "where:area": pick(("norra", "sodra", "sodra")),
            "wish": f"Önskan {at}, ring 070-123 45 67" if at % 10 == 0 else "",
            "age": "old" if at % 12 == 0 else pick(("young", "middle")),
        }


def make_answered_round(community, number=60, **given):
    """Store a round of this questionnaire with so many answers."""
    round_ = make_round(version=make_version(community, document()), **given)
    make_responses(round_, forms(number))
    return round_
