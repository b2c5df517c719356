"""Forms are read byte by byte as sent; what is no text is named, never dropped in silence."""

from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.responses.reading import (
    MOST_FIELDS,
    SentForm,
    TooManyFieldsError,
    read_fields,
    read_form,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffd"), max_size=40)


@given(st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=20))
def test_what_a_browser_sends_is_read_as_it_was(pairs):
    sent = read_form(urlencode(pairs).encode())
    expected = {}
    for name, value in pairs:
        expected.setdefault(name, []).append(value)
    assert sent == SentForm(expected, frozenset())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_harm(body):
    sent = read_form(body)
    for values in sent.fields.values():
        for value in values:
            value.encode()
            assert "\0" not in value


@pytest.mark.parametrize("part", [b"%00", b"%ff", b"\xff", b"%ed%a0%80", b"%c3%28", b"%EF%BF%BD"])
def test_what_is_no_text_is_marked_and_its_field_named(part):
    sent = read_form(b"a=fine&b=x" + part + b"y")
    assert sent.damaged == {"b"}
    [value] = sent.fields["b"]
    assert value.startswith("x\ufffd")
    assert value.endswith("y") or part == b"%c3%28"


def test_a_name_that_is_no_text_is_left_out():
    assert read_form(b"%ff=x&a=1") == SentForm({"a": ["1"]}, frozenset())


def test_plus_is_a_space_and_broken_escapes_stay():
    sent = read_form(b"a=b+c%2B%zz%")
    assert sent.one("a") == "b c+%zz%"


def test_names_longer_than_any_of_ours_are_left_out():
    assert read_form(b"x" * 401 + b"=1&b=2") == SentForm({"b": ["2"]}, frozenset())


def test_there_is_an_end_to_the_number_of_fields():
    read_form(b"&".join([b"a=1"] * MOST_FIELDS))
    with pytest.raises(TooManyFieldsError):
        read_form(b"&".join([b"a=1"] * (MOST_FIELDS + 1)))


def test_the_last_of_several_values_is_the_one():
    sent = read_form(b"do=review&do=send")
    assert (sent.one("do"), sent.one("none")) == ("send", "")


def test_fields_parsed_by_others_are_looked_at_as_well():
    sent = read_fields([("a", "x\0y"), ("b", "fine"), ("c", "\ud800")])
    assert sent.fields == {"a": ["x\ufffdy"], "b": ["fine"], "c": ["\ufffd"]}
    assert sent.damaged == {"a", "c"}


def test_letters_of_every_script_pass():
    words = "بيكبي Soomaaliga ö 中文 👩‍👧 ‌می‌خواهم"
    assert read_form(f"a={quote_plus(words)}".encode()).one("a") == words
