"""Settings of questions and the form they are edited in: keys stay, other languages stay."""

import pytest
from pydantic import Field, ValidationError
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField

from engage.i18n.text import Text
from engage.questionnaires.settings import (
    AnyNumberField,
    NamedLinesField,
    Rows,
    ScaleSteps,
    Settings,
    SettingsForm,
)


class Example(Settings):
    """Settings of every kind."""

    unit: Text = Field(default_factory=dict)
    rows: Rows = ()
    steps: ScaleSteps = ()
    number: float | None = None
    hidden: int = 7


class ExampleForm(SettingsForm):
    """A form for all but one of them."""

    unit = StringField()
    rows = NamedLinesField()
    steps = NamedLinesField(numbered=True)
    number = AnyNumberField()


BEFORE = Example.model_validate(
    {
        "unit": {"sv": "år", "ar": "سنة"},
        "rows": [{"key": "home", "label": {"sv": "Hemma", "ar": "البيت"}}],
        "hidden": 9,
    }
)


def sent(**fields):
    form = ExampleForm(MultiDict(fields))
    assert form.validate(), form.errors
    return form.data


def refused(**fields):
    form = ExampleForm(MultiDict(fields))
    assert not form.validate()
    return form


def test_a_form_shows_one_language():
    data = BEFORE.to_form("ar")
    assert data["unit"] == "سنة"
    form = ExampleForm(data=data)
    assert form.rows._value() == "home | البيت"
    assert form.number._value() == ""


def test_a_form_changes_one_language_and_what_it_has():
    after = BEFORE.with_form(sent(unit="", rows="home | Hemma i bostaden"), "sv")
    assert after.unit == {"ar": "سنة"}
    assert after.rows[0].label == {"sv": "Hemma i bostaden", "ar": "البيت"}
    assert after.hidden == 9


def test_a_form_without_a_field_leaves_it_alone():
    after = BEFORE.with_form({"number": 1.5}, "sv")
    assert after == BEFORE.model_copy(update={"number": 1.5})


def test_z_07_a_row_keeps_its_key_while_its_words_and_place_change():
    after = BEFORE.with_form(sent(rows="Ute\nhome | Bostaden"), "sv")
    assert [(row.key, row.label["sv"]) for row in after.rows] == [
        ("ute", "Ute"),
        ("home", "Bostaden"),
    ]


def test_a_row_is_taken_away_by_taking_its_line_away():
    assert BEFORE.with_form(sent(rows=""), "sv").rows == ()


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        ("Åker du buss?", ["aker_du_buss"]),
        ("Hemma\nHemma", ["hemma", "hemma_2"]),
        ("hemma | Här\nHemma", ["hemma", "hemma_2"]),
        ("2 barn", ["row_2_barn"]),
        ("البيت", ["row"]),
        ("\n\n a \n", ["a"]),
    ],
)
def test_a_row_without_a_key_is_given_one(lines, keys):
    assert [key for key, _words in sent(rows=lines)["rows"]] == keys


def test_steps_are_numbered_with_what_is_free():
    steps = sent(steps="Aldrig\n2 | Sällan\nOfta")["steps"]
    assert steps == [("1", "Aldrig"), ("2", "Sällan"), ("3", "Ofta")]


@pytest.mark.parametrize("lines", ["a | x\na | y", "å | x", "1 | x", "a b | x", "a.b | x"])
def test_keys_that_cannot_be_are_refused_and_kept_on_screen(lines):
    form = refused(rows=lines)
    assert form.errors["rows"]
    assert form.rows._value() == lines


def test_numbers_of_steps_may_begin_with_digits():
    assert sent(steps="10 | tio")["steps"] == [("10", "tio")]


@pytest.mark.parametrize(("typed", "number"), [("", None), ("12,5", 12.5), ("٣", 3.0), ("−1", -1)])
def test_numbers_are_read_as_written_anywhere(typed, number):
    assert sent(number=typed)["number"] == number


@pytest.mark.parametrize("typed", ["tolv", "1,234"])
def test_what_is_no_number_or_may_be_two_is_refused_and_kept_on_screen(typed):
    form = refused(number=typed)
    assert str(form.errors["number"][0]) == "Write a number, such as 12 or 0.5."
    assert form.number._value() == typed


def test_a_stored_number_is_shown_plainly():
    assert ExampleForm(data={"number": 3.0}).number._value() == "3"


def test_texts_are_found_by_place():
    assert BEFORE.texts() == {
        "unit": {"sv": "år", "ar": "سنة"},
        "rows.home": {"sv": "Hemma", "ar": "البيت"},
    }


def test_only_what_is_set_is_kept():
    assert Example().to_json() == {}
    assert Example(hidden=9).to_json() == {"hidden": 9}


def test_what_nobody_knows_is_refused():
    with pytest.raises(ValidationError):
        Example.model_validate({"colour": "red"})


def test_errors_of_settings_are_in_our_words():
    class Short(SettingsForm):
        number = AnyNumberField()

    assert issubclass(Short, Form)
    assert Short.Meta().get_translations(None).gettext("This field is required.") == (
        "Fill in this field."
    )
