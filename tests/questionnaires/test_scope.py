"""Calculations that stand later are worked out ahead: long chains, circles, many ways to one."""

from datetime import date
from pathlib import Path

import pytest

from engage import web
from engage.questionnaires.checking import problems_of
from engage.questionnaires.document import Document
from engage.questionnaires.path import walk_answers

SCRIPTS = Path(web.__file__).parent / "scripts" / "answer"
LINKS = 2_000
ONE = {"op": "value", "value": 1}
Q = {"key": "q", "type": "number", "label": {"en": "How many?"}}


def _answer(key, **more):
    return {"op": "answer", "name": key, **more}


def _plus(left, right):
    return {"op": "add", "args": [left, right]}


def _calculated(key, calculation, **more):
    return {"key": key, "type": "calculated", "calculation": calculation, **more}


def _document(*items):
    document = {"title": {"en": "T"}, "languages": ["en"], "items": [Q, *items]}
    return Document.model_validate(document)


def _backwards(last=ONE, links=LINKS):
    """Return calculations that each read the next one."""
    chain = [_calculated(f"c{n}", _plus(_answer(f"c{n + 1}"), ONE)) for n in range(links)]
    return [*chain, _calculated(f"c{links}", last)]


def walked(document, **form):
    sent = {key.replace("__", "."): [value] for key, value in form.items()}
    return walk_answers(document, sent, "en", date(2027, 4, 1)).entry.answers


def _circles(document):
    return [one for one in problems_of(document) if "circle" in str(one.message)]


def test_a_chain_of_thousands_of_calculations_is_walked_from_either_end():
    document = _document(*_backwards(_answer("q")))
    assert not problems_of(document)
    answers = walked(document, q="5")
    assert (answers["c0"], answers[f"c{LINKS}"]) == (LINKS + 5, 5)
    turned = _document(*reversed(_backwards(_answer("q"))))
    assert not problems_of(turned)
    assert walked(turned, q="5") == answers


def test_what_is_read_in_many_ways_is_worked_out_once():
    twice = [
        _calculated(
            f"c{n}", {"op": "largest", "args": [_answer(f"c{n + 1}"), _answer(f"c{n + 1}")]}
        )
        for n in range(200)
    ]
    document = _document(*twice, _calculated("c200", _answer("q")))
    assert not problems_of(document)
    assert walked(document, q="7")["c0"] == 7


def test_a_circle_of_calculations_ends_and_is_told():
    round_and_round = [
        _calculated(f"c{n}", _plus(_answer(f"c{(n + 1) % 300}"), ONE)) for n in range(300)
    ]
    document = _document(*round_and_round)
    assert [one.place for one in _circles(document)] == ["question.c0.calculation"]
    assert "c0" not in walked(document)


def test_a_condition_of_a_calculation_counts_before_its_place():
    condition = {"op": "more_than", "args": [_answer("q"), ONE]}
    document = _document(
        _calculated("early", _answer("late")), _calculated("late", ONE, relevant=condition)
    )
    assert not problems_of(document)
    assert walked(document, q="2")["early"] == 1
    assert "early" not in walked(document, q="1")


def test_what_was_looked_for_too_early_is_known_later():
    """Documents like this cannot be published, but drafts are tried out."""
    document = _document(
        _calculated("early", {"op": "coalesce", "args": [_answer("late"), ONE]}),
        {"key": "p", "type": "number", "label": {"en": "Now?"}},
        _calculated("after", _answer("late")),
        _calculated("late", _plus(_answer("p"), ONE)),
    )
    answers = walked(document, p="4")
    assert (answers["early"], answers["after"], answers["late"]) == (1, 5, 5)


def test_each_entry_works_out_what_it_reads():
    entry = [
        {"key": "age", "type": "number", "label": {"en": "Age?"}},
        _calculated("next", _answer("double")),
    ]
    document = _document(
        {"kind": "repeat", "key": "r", "title": {"en": "Child"}, "items": entry},
        _calculated("double", _plus(_answer("age"), _answer("age"))),
    )
    answers = walked(document, r__1__age="3", r__2__age="4")
    assert [one.answers["next"] for one in answers["r"]] == [6, 8]


ON_THE_PHONE = """async (items) => {
  document.body.innerHTML = '<form id="answers" data-words="{}"><div id="questions"></div></form>';
  for (const [key, data] of items) {
    const section = document.createElement("section");
    Object.assign(section.dataset, { question: key, name: key, shape: "nothing", ...data });
    document.getElementById("questions").append(section);
  }
  const { walk } = await import("/static/alone/20-path.js");
  const found = {};
  const began = performance.now();
  walk(document.getElementById("questions"), {
    today: "2027-04-01",
    seen: (section, isAsked, scope, value) => { found[section.dataset.question] = value; },
  });
  return [found, performance.now() - began];
}"""


def _data(question):
    said = {"calculation": question.calculation, "relevant": question.relevant}
    return question.key, {
        name: one.model_dump_json(exclude_defaults=True) for name, one in said.items() if one
    }


def _on_the_phone(phone, document):
    """Return what each calculation comes to in the browser."""

    def give(route):
        name = route.request.url.rpartition("/")[2].partition("?")[0]
        route.fulfill(body=(SCRIPTS / name).read_text(), content_type="text/javascript")

    phone.route("**/static/alone/*.js", give)
    phone.goto("/healthz")
    calculated = [one for one in document.questions.values() if one.calculation]
    found, _took = phone.evaluate(ON_THE_PHONE, [_data(one) for one in calculated])
    return found


@pytest.mark.sqlite_only
def test_the_phone_walks_long_chains_alike(phone):
    for document in (
        _document(*_backwards()),
        _document(*reversed(_backwards())),
        _document(
            _calculated("early", _answer("late")),
            _calculated("late", ONE, relevant={"op": "value", "value": False}),
        ),
    ):
        expected = walked(document)
        found = _on_the_phone(phone, document)
        assert {key: value for key, value in found.items() if value is not None} == expected


@pytest.mark.sqlite_only
def test_the_phone_comes_to_an_end_in_circles_too(phone):
    document = _document(
        *(_calculated(f"c{n}", _plus(_answer(f"c{(n + 1) % 300}"), ONE)) for n in range(300))
    )
    assert set(_on_the_phone(phone, document).values()) == {None}
