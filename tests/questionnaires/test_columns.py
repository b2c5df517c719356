"""The table of answers: columns come from the document, each with a name that lasts."""

import random
from datetime import date

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from engage.i18n.current import use_language
from engage.questionnaires.columns import (
    COUNT_PART,
    MISSING_PART,
    NUMBER_PART,
    WORDS_PART,
    cells_of,
    columns_of,
    response_tables,
    tables_of,
)
from engage.questionnaires.document import Document
from engage.questionnaires.entry import Entry
from engage.questionnaires.path import walk_answers
from engage.questionnaires.question_types.base import MISSING
from tests.questionnaires.question_types.samples import LISTS, SAMPLES

TODAY = date(2027, 3, 31)
LEGAL = regex.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


def questionnaire(*items, lists=None):
    choices = {name: {"choices": listed} for name, listed in {**LISTS, **(lists or {})}.items()}
    return Document.model_validate(
        {"languages": ["sv"], "choice_lists": choices, "items": list(items)}
    )


def question(key, kind="short_text", **more):
    return {"key": key, "type": kind, **more}


def choice(key, *keys, **more):
    listed = [{"key": one, "label": {"sv": one}} for one in keys]
    made = question(key, "multiple_choice", choice_list=f"list_of_{key}", **more)
    return made, {f"list_of_{key}": listed}


def names(document):
    return [column.name for column in columns_of(document)]


def table(document, form):
    walked = walk_answers(document, form, "sv", TODAY)
    assert not walked.errors
    return cells_of(document, walked.entry)


def row(document, form):
    cells = table(document, form)[""]
    assert len(cells) == 1
    return dict(zip(names(document), cells[0], strict=True))


def test_a_table_of_every_type_has_a_cell_for_each_column():
    items = [
        sample.question.model_copy(update={"key": f"q{number}", "required": False})
        for number, sample in enumerate(SAMPLES)
    ]
    document = questionnaire(*(item.model_dump() for item in items))
    form = {
        f"q{number}:{part}" if part else f"q{number}": values
        for number, sample in enumerate(SAMPLES)
        for part, values in (sample.good[0][0] if sample.good else {}).items()
    }
    filled, empty = row(document, form), row(document, {"q0": []})
    assert filled.keys() == empty.keys()
    told = {name for name, cell in filled.items() if cell is not None}
    assert {name for name in told if name.endswith("_missing")} == set()
    assert all(cell in {None, "skipped", 5.0} for cell in empty.values())


def test_names_are_legal_and_unlike_each_other():
    document = questionnaire(
        *(sample.question.model_dump() | {"key": f"q{n}"} for n, sample in enumerate(SAMPLES))
    )
    found = [c.name for columns in tables_of(document).values() for c in columns]
    assert all(LEGAL.fullmatch(name) for name in found)
    assert len({name.lower() for name in found}) == len(found)


_KEYS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,63}", fullmatch=True)
_CHOICES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="~,|"),
    min_size=1,
    max_size=128,
)


@given(st.dictionaries(_KEYS, st.lists(_CHOICES, unique=True, max_size=6), max_size=6))
def test_any_keys_get_legal_names_unlike_each_other(keys):
    made = [choice(key, *choices, other=True) for key, choices in keys.items()]
    lists = {name: listed for _one, own in made for name, listed in own.items()}
    found = names(questionnaire(*(one for one, _own in made), lists=lists))
    assert all(LEGAL.fullmatch(name) for name in found)
    assert len({name.lower() for name in found}) == len(found)


def test_names_are_those_of_the_keys_where_they_can_be():
    document = questionnaire(
        question("age", "number"),
        question("need", "single_choice", choice_list="needs", other=True),
        question("why", export_name="reason"),
        question("note", "note"),
    )
    assert names(document) == [
        *("age", "age_missing"),
        *("need", "need_other", "need_missing"),
        *("reason", "reason_missing"),
    ]


@pytest.mark.parametrize("key", ["With", "day", "response", "_x", "a-b", "language"])
def test_words_that_programs_keep_for_themselves_are_no_names(key):
    name = names(questionnaire(question(key)))[0]
    assert name.lower() != key.lower()
    assert LEGAL.fullmatch(name)


def test_z_07_taking_a_choice_away_renames_no_other_column():
    keys = ["work", "vård", "värd", "Work", "å", "ä", "x" * 128, "x" * 127 + "y"]
    one, lists = choice("q", *keys)
    whole = {c.part: c.name for c in columns_of(questionnaire(one, lists=lists))}
    for key in ("vård", "å", "x" * 128):
        one, lists = choice("q", *(each for each in keys if each != key))
        left = {c.part: c.name for c in columns_of(questionnaire(one, lists=lists))}
        assert left.items() <= whole.items()


def test_z_12_two_equal_labels_stay_two_columns():
    label = {"label": {"sv": "Hur mår du?"}}
    lists = {"same": [{"key": "a", "label": {"sv": "Bra"}}, {"key": "b", "label": {"sv": "Bra"}}]}
    document = questionnaire(
        question("first", "single_choice", choice_list="same", **label),
        question("second", "multiple_choice", choice_list="same", **label),
        lists=lists,
    )
    assert names(document) == [
        *("first", "first_missing"),
        *("second_a", "second_b", "second_missing"),
    ]
    cells = row(document, {"first": ["b"], "second": ["b"]})
    assert (cells["first"], cells["second_a"], cells["second_b"]) == ("b", False, True)


def test_z_13_kinds_and_widths_do_not_come_from_answers():
    document = questionnaire(
        question("n", "number"),
        question("d", "number", settings={"decimals": 2}),
        question("t", settings={"maximum": 80}),
        question("c", "single_choice", choice_list="streets"),
    )
    found = {column.name: (column.kind, column.width) for column in columns_of(document)}
    assert found["n"] == ("integer", None)
    assert found["d"] == ("number", None)
    assert found["t"] == ("text", 80)
    assert found["c"] == ("choice", 3)
    assert found["c_missing"] == ("choice", len("prefer_not"))


def test_reasons_for_no_answer_are_kept_apart():
    condition = {"op": "is", "args": [_answer("a"), {"op": "value", "value": "yes"}]}
    document = questionnaire(
        question("a", "yes_no", dont_know=True),
        question("b", prefer_not=True),
        question("c"),
        question("d", relevant=condition),
    )
    cells = row(document, {"a": ["~dont_know"], "b:missing": ["prefer_not"]})
    reasons = [cells[f"{key}_missing"] for key in "abcd"]
    assert reasons == ["dont_know", "prefer_not", "skipped", "not_asked"]
    missing = next(c for c in columns_of(document) if c.part == MISSING_PART)
    assert [code.value for code in missing.codes] == list(MISSING)
    assert missing.codes[0].words("sv") == "Not asked"


def _answer(key, **more):
    return {"op": "answer", "name": key, **more}


def test_an_answer_of_an_older_version_lacks_what_was_not_asked_then():
    document = questionnaire(question("old"), question("new"))
    cells = cells_of(document, Entry({"old": "x", "gone": "y"}))
    assert cells == {"": [["x", None, None, "not_asked"]]}


def test_own_words_have_a_column_that_is_held_back():
    one, lists = choice("q", "a", other=True)
    document = questionnaire(one, lists=lists)
    words = next(c for c in columns_of(document) if c.part == WORDS_PART)
    assert (words.name, words.held_back) == ("q_other", "text")
    cells = row(document, {"q": ["other", "a"], "q:words": ["Simma"]})
    assert cells == {
        "q_a": True,
        "q_is_other": True,
        "q_other": "Simma",
        "q_missing": None,
    }


def test_what_was_typed_and_where_somebody_was_is_held_back():
    document = questionnaire(
        question("t"), question("l", "long_text"), question("p", "place", choice_list="needs")
    )
    held = {c.name: c.held_back for c in columns_of(document) if c.held_back}
    assert held == {
        "t": "text",
        "l": "text",
        "p_text": "text",
        "p_lat": "point",
        "p_lon": "point",
    }


REPEATED = questionnaire(
    {
        "kind": "repeat",
        "key": "kids",
        "title": {"sv": "Barn"},
        "items": [
            question("age", "number"),
            {"kind": "group", "key": "g", "items": [question("school")]},
            {"kind": "repeat", "key": "trips", "items": [question("whither")]},
        ],
    },
    question(
        "end", "calculated", calculation={"op": "count", "args": [_answer("age", every=True)]}
    ),
)


def test_entries_of_repeats_are_rows_of_tables_of_their_own():
    tables = {key: [c.name for c in columns] for key, columns in tables_of(REPEATED).items()}
    assert tables == {
        "": ["kids", "end"],
        "kids": ["kids_number", "age", "age_missing", "school", "school_missing", "trips"],
        "trips": ["kids_number", "trips_number", "whither", "whither_missing"],
    }
    assert [c.part for c in tables_of(REPEATED)["trips"]][:2] == [NUMBER_PART, NUMBER_PART]
    assert tables_of(REPEATED)[""][0].part == COUNT_PART


def test_each_entry_fills_a_row():
    form = {
        "kids.1.age": ["4"],
        "kids.1.trips.1.whither": ["Mormor"],
        "kids.1.trips.2.whither": ["Sjön"],
        "kids.2.school": ["Bäckby"],
    }
    assert table(REPEATED, form) == {
        "": [[2, 1.0]],
        "kids": [[1, 4, None, None, "skipped", 2], [2, None, "skipped", "Bäckby", None, 0]],
        "trips": [[1, 1, "Mormor", None], [1, 2, "Sjön", None]],
    }


def test_stored_entries_give_the_rows_they_gave_before_storing():
    form = {"kids.1.age": ["4"], "kids.2.trips.1.whither": ["Sjön"], "kids.3.age": [" "]}
    entry = walk_answers(REPEATED, form, "sv", TODAY).entry
    assert cells_of(REPEATED, Entry.from_json(entry.to_json())) == cells_of(REPEATED, entry)


def test_no_answers_give_one_row_of_nothing():
    assert table(REPEATED, {}) == {"": [[0, 0.0]], "kids": [], "trips": []}


def test_tables_are_worked_out_once():
    assert response_tables(REPEATED) is response_tables(
        Document.model_validate_json(REPEATED.to_json())
    )


def test_parts_are_told_in_the_language_asked_for(app):
    settings = {
        "rows": [{"key": "light", "label": {"sv": "Ljus"}}],
        "importance": LISTS["steps"],
        "met": LISTS["steps"],
        "met_label": {"sv": "Hur är det nu?"},
    }
    document = questionnaire(
        question("g", "gap", settings=settings), question("y", "yes_no"), question("p", "place")
    )
    columns = {column.name: column for column in columns_of(document)}
    with use_language("sv"):
        assert columns["g_light_met"].part_words("sv").startswith("Ljus – Hur är det nu?")
        assert columns["g_light_importance"].part_words("sv").startswith("Ljus – ")
        assert columns["g_light_met"].codes[0].words("sv") == "Aldrig"
        assert columns["y"].codes[0].words("sv")
        assert columns["p_lat"].part_words("sv")
    bare = questionnaire(*(choice("q", "a")[:1]), lists={"list_of_q": [{"key": "a"}]})
    assert columns_of(bare)[0].part_words("sv") == "a"


def test_random_documents_give_as_many_cells_as_columns():
    chance = random.Random(3)
    for _round in range(30):
        items = []
        for number in range(chance.randint(0, 12)):
            sample = chance.choice(SAMPLES)
            made = sample.question.model_dump() | {"key": f"q{number}", "required": False}
            inside = {"kind": "repeat", "key": f"r{number}", "items": [made], "minimum": 2}
            items.append(chance.choice([made, inside]))
        document = questionnaire(*items)
        tables = tables_of(document)
        for key, rows in table(document, {}).items():
            assert all(len(cells) == len(tables[key]) for cells in rows)
