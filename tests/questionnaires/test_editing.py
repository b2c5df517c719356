"""Drafts are edited from document to document; every place can be reached with two buttons."""

from hypothesis import given
from hypothesis import strategies as st

from engage.questionnaires.document import Document, Question, walk
from engage.questionnaires.editing import (
    free_key,
    item_of,
    keys_of,
    moved,
    readers_of,
    spot_of,
    users_of_list,
    with_added,
    with_item,
    with_list,
    without_item,
    without_list,
)
from engage.questionnaires.rebuilding import remade
from tests.factories.questionnaires import small_document
from tests.questionnaires.documents import documents

NEW = Question(key="new", type="short_text", label={"sv": "Ny"})


def nested():
    return Document.model_validate(
        {
            "languages": ["sv"],
            "items": [
                {"key": "a", "type": "note"},
                {"kind": "group", "key": "g", "items": [{"key": "b", "type": "note"}]},
                {"key": "c", "type": "note"},
            ],
        }
    )


def outline(document):
    """Return keys with how deep they stand, as one reads them."""

    def level(items, depth):
        for item in items:
            yield item.key, depth
            if not isinstance(item, Question):
                yield from level(item.items, depth + 1)

    return list(level(document.items, 0))


def test_an_item_goes_in_at_the_end_in_a_group_or_after_another():
    assert outline(with_added(nested(), NEW))[-1] == ("new", 0)
    assert outline(with_added(nested(), NEW, parent="g"))[3] == ("new", 1)
    assert outline(with_added(nested(), NEW, after="b"))[3] == ("new", 1)


def test_moving_goes_into_and_out_of_groups():
    steps = [outline(document) for document in walked_up(nested(), "c")]
    assert steps == [
        [("a", 0), ("g", 0), ("b", 1), ("c", 0)],
        [("a", 0), ("g", 0), ("b", 1), ("c", 1)],
        [("a", 0), ("g", 0), ("c", 1), ("b", 1)],
        [("a", 0), ("c", 0), ("g", 0), ("b", 1)],
        [("c", 0), ("a", 0), ("g", 0), ("b", 1)],
        [("c", 0), ("a", 0), ("g", 0), ("b", 1)],
    ]


def walked_up(document, key):
    for _ in range(6):
        yield document
        document = moved(document, key, -1)


@given(documents(), st.data())
def test_down_turns_up_round(document, data):
    key = data.draw(st.sampled_from(sorted(keys_of(document))))
    up = moved(document, key, -1)
    assert sorted(keys_of(up)) == sorted(keys_of(document))
    if up != document:
        assert moved(up, key, 1) == document


@given(documents(), st.data())
def test_taking_away_takes_the_item_and_what_stands_in_it(document, data):
    key = data.draw(st.sampled_from(sorted(keys_of(document))))
    inside = {item.key for item, _ in walk((item_of(document, key),))}
    assert keys_of(without_item(document, key)) == keys_of(document) - inside


def test_what_is_not_there_changes_nothing():
    document = nested()
    assert without_item(document, "nobody") == document
    assert moved(document, "nobody", 1) == document
    assert with_item(document, NEW) == document
    assert spot_of(document, "nobody") is None
    assert moved(document, "a", -1) == document


def test_an_item_is_replaced_where_it_stands():
    changed = with_item(nested(), Question(key="b", type="short_text"))
    assert changed.questions["b"].type == "short_text"
    assert outline(changed) == outline(nested())


def test_who_reads_an_item_is_known_before_it_goes():
    document = small_document()
    assert readers_of(document, "children") == ["how_many"]
    wish = remade(document.questions["wish"], hint={"sv": "Du sa ${children}"})
    assert readers_of(with_item(document, wish), "children") == ["how_many", "wish"]
    assert readers_of(document, "wish") == []


def test_lists_are_put_in_and_taken_away():
    document = small_document()
    assert [question.key for question in users_of_list(document, "yes_no")] == ["children"]
    assert "new" in with_list(document, "new", ()).choice_lists
    assert without_list(document, "yes_no").choice_lists == {}


def test_a_key_is_made_of_words_and_free():
    assert free_key("Hur trivs du?", set(), "q") == "hur_trivs_du"
    assert free_key("Hur trivs du?", {"hur_trivs_du"}, "q") == "hur_trivs_du_2"
    assert free_key("كيف", {"q"}, "q") == "q_2"
    assert free_key("2 frågor", set(), "q") == "q_2_fragor"
