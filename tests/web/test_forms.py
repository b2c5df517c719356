"""Forms say what to do in our words, keep what was typed, and look the same everywhere."""

import pytest
from flask import render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    DecimalField,
    FieldList,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    validators,
    widgets,
)
from wtforms.fields import SelectChoice

from engage.web.access import public
from engage.web.forms import Form
from engage.web.widgets import first_error
from tests.conventions.test_words_tell_what_to_do import FORBIDDEN

pytestmark = pytest.mark.sqlite_only


class _Many(Form):
    name = StringField("Name", [validators.InputRequired()], description="As people say <it>")
    short = StringField("Short", [validators.Length(min=2, max=4)])
    upper = StringField("Upper", [validators.Length(max=3)])
    lower = StringField("Lower", [validators.Length(min=3)])
    mail = StringField("Mail", [validators.Optional(), validators.Regexp(r".+@.+")])
    address = StringField("Web", [validators.Optional(), validators.URL()])
    whole = IntegerField("Whole", [validators.Optional(), validators.NumberRange(1, 9)])
    most = IntegerField("Most", [validators.Optional(), validators.NumberRange(max=9)])
    part = DecimalField("Part", [validators.Optional()])
    day = DateField("Day", [validators.Optional()])
    kind = RadioField("Kind", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])
    days = SelectMultipleField(
        "Days",
        choices=[SelectChoice("mon", "Monday"), SelectChoice("tue", "Tuesday")],
        widget=widgets.ListWidget(),
        option_widget=widgets.CheckboxInput(),
    )
    asked = StringField("How many?", [validators.InputRequired()])
    turned = StringField("كم؟", [validators.InputRequired()])
    secret = HiddenField()
    names = FieldList(StringField("Each", [validators.InputRequired()]), min_entries=1)


BAD = {
    "short": "too long",
    "upper": "four",
    "lower": "ab",
    "mail": "nobody",
    "address": "nowhere",
    "whole": "12",
    "most": "ten",
    "part": "half",
    "day": "soon",
    "kind": "c",
    "days": "sun",
}

TEMPLATE = """
{% extends "web/public.html" %}
{% from "web/macros/forms.html" import error_summary, form_of %}
{% block title %}A form{% endblock %}
{% block main %}{{ error_summary(form) }}<h1>A form</h1>{{ form_of(form, "Save") }}{% endblock %}
"""


@pytest.fixture
def views(app):
    """Return a client of an app with one page: the form."""

    @app.route("/<language:language>/form", methods=["GET", "POST"])
    @public
    def form():
        made = _Many()
        return "saved" if made.validate_on_submit() else render_template_string(TEMPLATE, form=made)

    return app.test_client()


def test_an_empty_form_has_labels_hints_and_no_errors(views):
    page = views.get_page("/en/form")
    assert page.words(page.find("//p[@id='name-hint']")) == "As people say <it>"
    assert not page.all("//*[@role='alert']")
    assert not page.title.startswith("Error")
    assert page.find("//form[@novalidate]") is not None
    assert len(page.all("//fieldset[contains(@class, 'tiles')]")) == 2
    assert page.words(page.find("//fieldset[@id='names']//label")) == "Each"


def test_optional_fields_say_so_and_required_ones_have_no_asterisk(views):
    page = views.get_page("/en/form")
    optional = {page.words(label) for label in page.all("//label[span[@class='optional']]")}
    assert "Day (optional)" in optional
    assert "Name" in {page.words(label) for label in page.all("//label")}
    assert "*" not in page.words(page.find("//main"))


def test_wrong_input_comes_back_with_a_summary_and_every_value(views):
    page = views.post_page("/en/form", MultiDict(BAD))
    assert page.title.startswith("Error: A form")
    assert page.words(page.find("//*[@role='alert']/h2")) == "There is a problem"
    kept = page.fields()
    for name in ("short", "upper", "lower", "mail", "address", "whole", "most", "part", "day"):
        assert kept[name] == BAD[name]
    links = page.all("//*[@role='alert']//a/@href")
    ids = set(page.all("//@id"))
    assert len(links) == 15
    assert {link[1:] for link in links} <= ids


def test_a_label_that_asks_loses_its_mark_before_the_colon(views):
    page = views.post_page("/en/form", MultiDict(BAD))
    told = [page.words(link) for link in page.all("//*[@role='alert']//a")]
    assert [one for one in told if one.startswith("How many: ")]
    assert [one for one in told if one.startswith("كم: ")]


def test_the_same_words_stand_in_the_summary_and_at_the_field(views):
    page = views.post_page("/en/form", MultiDict(BAD))
    for link in page.all("//*[@role='alert']//a"):
        message, field = page.words(link), link.get("href")[1:]
        if field.startswith("names"):
            continue
        said = page.words(page.find(f"//*[@id='{field}-error']"))
        assert message.endswith(f": {said.removeprefix('Error: ')}")
    assert page.find("//input[@id='name']").get("aria-invalid") == "true"
    assert page.find("//input[@id='name']").get("aria-describedby") == "name-hint name-error"


def test_every_message_is_ours(views):
    page = views.post_page("/en/form", MultiDict(BAD))
    said = page.words(page.find("//*[@role='alert']"))
    for expected in (
        "Fill in this field.",
        "Write between 2 and 4 characters.",
        "Write at most 3 characters.",
        "Write at least 3 characters.",
        "Write this in another way.",
        "Write a web address that begins with https://",
        "Write a number from 1 to 9.",
        "Write a whole number, such as 12.",
        "Write a number, such as 12.",
        "Write a date, such as 2027-03-31.",
        "Choose one of the options.",
    ):
        assert expected in said
    assert not {word.strip(".,").lower() for word in said.split()} & set(FORBIDDEN["en"].split())


def test_a_field_never_cuts_what_is_typed(views):
    page = views.get_page("/en/form")
    assert not page.all("//main//@maxlength")


def test_the_first_error_of_a_nested_field_is_shown():
    assert first_error([]) == ""
    assert first_error(["a", "b"]) == "a"
    assert first_error({"x": ["deep"]}) == "deep"
    assert first_error([{"x": ["deeper"]}]) == "deeper"
    assert first_error([[], ["second"]]) == ""


def test_good_input_is_taken(views):
    good = {"name": "x", "short": "abc", "lower": "abc", "kind": "a", "names-0": "y"}
    good |= {"asked": "5", "turned": "5"}
    assert views.post("/en/form", data=good).text == "saved"
