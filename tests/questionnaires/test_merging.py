"""Two people's changes are put together part by part; what both changed differently clashes."""

from hypothesis import given
from hypothesis import strategies as st

from engage.questionnaires.merging import Clash, merged

TEXTS = st.dictionaries(st.sampled_from(["sv", "ar"]), st.sampled_from(["a", "b", "c"]))
FIELDS = st.fixed_dictionaries({"label": TEXTS, "required": st.booleans(), "relevant": TEXTS})


@given(FIELDS, FIELDS)
def test_changes_of_one_person_are_taken_as_they_are(opened, typed):
    together = merged(opened, opened, typed)
    assert together.clashes == ()
    assert together.fields == typed


@given(FIELDS, FIELDS)
def test_who_changes_nothing_takes_nothing_back(opened, current):
    together = merged(opened, current, opened)
    assert together.clashes == ()
    assert together.fields == current


@given(FIELDS, FIELDS, FIELDS)
def test_a_clash_names_what_the_other_person_wrote(opened, current, typed):
    for clash in merged(opened, current, typed).clashes:
        theirs = current[clash.field]
        assert clash.now == (theirs.get(clash.part) if clash.part else theirs)


def test_languages_of_one_text_are_parts_of_their_own():
    together = merged(
        {"label": {"sv": "a", "ar": "ا"}},
        {"label": {"sv": "a", "ar": "ب"}},
        {"label": {"sv": "b", "ar": "ا"}},
    )
    assert together.fields == {"label": {"sv": "b", "ar": "ب"}}


def test_a_condition_is_one_thing():
    together = merged(
        {"relevant": {"op": "today"}}, {"relevant": {"op": "self"}}, {"relevant": None}
    )
    assert together.clashes == (Clash("relevant", "", {"op": "self"}),)
