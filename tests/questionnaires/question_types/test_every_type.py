"""What holds for every way to ask, a new one included: one file is all it needs."""

import json
from datetime import date

import html5lib
import pytest
from flask import Flask, render_template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from engage.i18n.current import use_language
from engage.questionnaires.column import Column
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import AnswerError, FormValues
from tests.questionnaires.question_types.samples import LANGUAGES, SAMPLES, Sample, form_of

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=str)
each_asked = pytest.mark.parametrize(
    "sample", [sample for sample in SAMPLES if sample.kind.is_asked], ids=str
)
GOOD = [(sample, fields, value) for sample in SAMPLES for fields, value in sample.good]
BAD = [(sample, fields) for sample in SAMPLES for fields in sample.bad]
_TYPES_OF_CELLS = {
    "choice": str,
    "flag": bool,
    "integer": int,
    "number": float,
    "text": str,
    "date": str,
    "time": str,
    "datetime": str,
}

#: What a browser, a script or an enemy may send.
JUNK = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Nd", "Mn", "Zs"]), max_size=12),
    st.sampled_from(
        ["work", "none", "1", "2", "other", "yes", "OK", "~dont_know", "14:30", "home"]
    ),
    st.sampled_from(
        ["1e999", "nan", "-0", "1,2,3", "٣٫٥", "9" * 400, "59.6,16.5", "\u202e1", "\0"]
    ),
)


def _parts(sample: Sample) -> list[str]:
    known = {part for fields, _value in sample.good for part in fields}
    return sorted(known | {"", "1", "2", "words", "day", "month", "year", "text", "point"})


def _forms(sample: Sample) -> st.SearchStrategy[dict[str, list[str]]]:
    return st.dictionaries(st.sampled_from(_parts(sample)), st.lists(JUNK, max_size=3), max_size=6)


def test_every_type_says_what_it_is():
    for name, kind in QUESTION_TYPES.items():
        assert kind.name == name
        assert str(kind.label)
        assert str(kind.help)
        assert len({str(each.label) for each in QUESTION_TYPES.values()}) == len(QUESTION_TYPES)


@each_sample
def test_settings_are_checked_and_unknown_ones_refused(sample):
    sample.kind.settings(sample.question)
    wrong = sample.question.model_copy(update={"settings": {"no_such_setting": 1}})
    with pytest.raises(ValidationError):
        sample.kind.settings(wrong)


@each_sample
def test_settings_survive_the_form_of_the_editor(sample):
    question, kind = sample.question, sample.kind
    for language in LANGUAGES:
        form = kind.settings_form(data=kind.settings_data(question, language))
        sent = MultiDict(
            (field.name, value) for field in form for value in _sent(field) if value is not None
        )
        back = kind.settings_form(sent)
        assert back.validate(), back.errors
        made = kind.settings_from_form(question, back.data, language)
        assert json.loads(json.dumps(made)) == made
        again = question.model_copy(update={"settings": made})
        assert kind.settings(again) == kind.settings(question)


def _sent(field):
    if field.type == "BooleanField":
        return ["y"] if field.data else []
    if field.type in {"RadioField", "SelectField"}:
        return ["" if field.data is None else str(field.data)]
    return [field._value()]


@each_sample
def test_texts_of_settings_can_be_found(sample):
    for place, text in sample.kind.texts(sample.question).items():
        assert place
        assert all(isinstance(words, str) for words in text.values())


@pytest.mark.parametrize(("sample", "fields", "value"), GOOD, ids=str)
def test_a_good_answer_is_read(sample, fields, value):
    assert sample.read(fields) == value


@pytest.mark.parametrize(("sample", "fields"), BAD, ids=str)
def test_a_bad_answer_is_refused_in_words(sample, fields):
    with pytest.raises(AnswerError) as refused:
        sample.read(fields)
    _tells_what_to_do(refused.value)


@each_sample
def test_nothing_sent_is_no_answer(sample):
    assert sample.read({}) is None
    assert sample.read({part: [""] for part in _parts(sample)}) is None
    assert sample.read({part: ["  "] for part in _parts(sample)}) is None


@each_asked
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_sent_is_an_answer_or_refused(sample, data):
    fields = data.draw(_forms(sample))
    kind, asked, form = sample.kind, sample.asked(), form_of(fields)
    try:
        value, words = kind.read(asked, form), kind.words(asked, form)
    except AnswerError as refused:
        _tells_what_to_do(refused)
        return
    if value is None:
        return
    _can_be_stored({"value": value, "words": words})
    _is_sent_again_as_it_was(sample, value, words)
    _fills_its_columns(sample, value)
    for language in LANGUAGES:
        assert isinstance(kind.text(sample.question, sample.document, value, language), str)


def _tells_what_to_do(refused):
    assert str(refused.message)
    assert "%(" not in str(refused.message)


def _can_be_stored(value):
    stored = json.dumps(value, allow_nan=False, ensure_ascii=False)
    assert "\0" not in stored
    assert "\\u0000" not in stored
    assert json.loads(stored.encode()) == value


def _is_sent_again_as_it_was(sample, value, words):
    form = form_of(sample.kind.form_values(value, words))
    assert sample.kind.read(sample.asked(), form) == value
    assert sample.kind.words(sample.asked(), form) == words


def _fills_its_columns(sample, value):
    columns = sample.kind.columns(sample.question, sample.document)
    cells = sample.kind.cells(sample.question, sample.document, value)
    assert len(cells) == len(columns)
    for column, cell in zip(columns, cells, strict=True):
        _fits(column, cell)


def _fits(column: Column, cell):
    if cell is None:
        return
    wanted = _TYPES_OF_CELLS[column.kind]
    assert isinstance(cell, wanted) or (wanted is float and isinstance(cell, int))
    assert wanted is bool or not isinstance(cell, bool)
    if column.kind == "choice":
        assert cell in {code.value for code in column.codes}
    if column.kind == "date":
        date.fromisoformat(cell)


@pytest.mark.parametrize(("sample", "fields", "value"), GOOD, ids=str)
def test_an_answer_fills_its_columns_and_is_told_in_words(sample, fields, value):
    _can_be_stored(value)
    _fills_its_columns(sample, value)
    _is_sent_again_as_it_was(sample, value, sample.kind.words(sample.asked(), form_of(fields)))
    for language in LANGUAGES:
        assert sample.kind.text(sample.question, sample.document, value, language).strip()


@pytest.mark.parametrize("junk", ["x" * 1_000_000, "1" * 1_000_000, "a\u0301" * 400_000, "\ud800"])
@each_asked
def test_a_megabyte_of_anything_is_an_answer_or_refused(sample, junk):
    for part in _parts(sample):
        try:
            _can_be_stored(sample.read({part: [junk]}))
        except AnswerError as refused:
            _tells_what_to_do(refused)


@each_sample
def test_columns_come_from_the_document_alone(sample):
    columns = sample.kind.columns(sample.question, sample.document)
    assert len({column.part for column in columns}) == len(columns)
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.question == "q" for column in columns)
    for column in columns:
        assert bool(column.codes) == (column.kind == "choice")


@each_sample
def test_what_conditions_look_at_is_known(sample):
    question, document = sample.question, sample.document
    assert set(sample.kind.operators) <= {
        *("answered", "is", "is_not", "at_least", "at_most", "more_than", "less_than"),
        *("selected", "count", "contains"),
    }
    for fields, value in sample.good:
        parts = sample.kind.parts(question, document)
        assert set(value if isinstance(value, dict) else ()) <= parts.keys(), fields


@each_sample
def test_a_sample_has_no_problems_but_missing_pictures(sample):
    problems = [str(one) for one in sample.kind.problems(sample.question, sample.document)]
    assert [one for one in problems if "picture" not in one] == []


WORDS = ("select_one", "select_multiple", "rank", "integer", "decimal", "text", "barcode", "date")
MORE_WORDS = ("time", "dateTime", "geopoint", "note", "calculate", "acknowledge", "range", "image")
LOOKS = ("", "minimal", "columns-2", "likert", "no-buttons", "columns no-buttons", "yes-no")
MORE_LOOKS = ("multiline", "month-year", "year", "top-3", "label", "list-nolabel", "maps", "w1")


@pytest.mark.parametrize("look", LOOKS + MORE_LOOKS)
@pytest.mark.parametrize("word", WORDS + MORE_WORDS)
def test_one_type_at_most_takes_a_row_of_xlsform(word, look):
    takers = {
        name: taken
        for name, kind in QUESTION_TYPES.items()
        if (taken := kind.from_xlsform(word, look, {})) is not None
    }
    assert len(takers) == (0 if word == "image" else 1), takers
    for name, taken in takers.items():
        QUESTION_TYPES[name].Settings.model_validate(taken)


@each_sample
def test_a_row_of_xlsform_comes_back_as_it_was(sample):
    word, look, parameters = sample.kind.to_xlsform(sample.question)
    if not word:
        assert sample.kind.xlsform_parts(sample.question, sample.document)
        return
    told = dict(pair.split("=") for pair in parameters.split())
    taken = sample.kind.from_xlsform(word, look, told)
    assert taken is not None
    again = sample.question.model_copy(update={"settings": taken})
    assert sample.kind.to_xlsform(again) == (word, look, parameters)
    assert sample.kind.as_constraint(again) is None


@pytest.mark.sqlite_only
class TestFields:
    """The fields as a browser gets them."""

    @staticmethod
    def rendered(app: Flask, sample: Sample, fields, error="", language="sv"):
        values = form_of(fields)
        with app.test_request_context("/sv/"), use_language(language):
            html = render_template(
                sample.kind.input_template,
                asked=sample.asked(),
                name="q",
                form=FormValues(values.values, "q"),
                settings=sample.kind.settings(sample.question),
                language=language,
                error=error,
            )
        parser = html5lib.HTMLParser(
            tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False
        )
        page = parser.parse(f"<!doctype html><title>x</title><label for=q>Fråga</label>{html}")
        assert not parser.errors, (parser.errors, html)
        return page

    def test_every_input_is_named_labelled_and_found_by_its_id(self, app):
        for sample in SAMPLES:
            page = self.rendered(app, sample, {})
            ids = page.xpath("//@id")
            assert len(ids) == len(set(ids)), sample
            for field in page.xpath("//input[not(@type='hidden')]|//select|//textarea"):
                assert field.get("name").split(":")[0] == "q", sample
                labelled = page.xpath(f"//label[@for='{field.get('id')}']")
                assert labelled or field.xpath("ancestor::label"), (sample, field.get("name"))
            for value in page.xpath("//@aria-describedby"):
                assert all(one in ids for one in value.split()), sample
            assert not sample.kind.is_asked or "q" in ids, sample
            assert sample.kind.is_asked or not page.xpath("//input|//select|//textarea"), sample

    def test_what_was_sent_stands_in_the_fields_again(self, app):
        for sample, fields, value in GOOD:
            page = self.rendered(app, sample, fields)
            assert sample.read(_as_sent(page)) == value, sample

    def test_what_was_refused_stands_in_the_fields_again(self, app):
        for sample, fields in BAD:
            page = self.rendered(app, sample, fields, error="Nej")
            for part, (typed, *_more) in fields.items():
                name = f"q:{part}" if part else "q"
                for field in page.xpath(f"//input[@name='{name}' and @type='text']|//textarea"):
                    assert typed in {field.get("value"), field.text}, sample

    def test_junk_is_shown_and_never_breaks_the_page(self, app):
        junk = "\ud800\0<script>\u202e\"'"
        for sample in SAMPLES:
            page = self.rendered(
                app, sample, {part: [junk] for part in _parts(sample)}, "Nej", "ar"
            )
            assert not page.xpath("//script"), sample


def _as_sent(page) -> dict[str, list[str]]:
    """Return the fields by part that a browser would send."""
    sent: dict[str, list[str]] = {}
    for field in page.xpath("//input|//select|//textarea"):
        part = field.get("name").partition(":")[2]
        if field.get("type") in {"radio", "checkbox"} and "checked" not in field.attrib:
            continue
        if field.tag == "select":
            chosen = field.xpath(".//option[@selected]/@value") or [""]
        else:
            chosen = [field.text or "" if field.tag == "textarea" else field.get("value", "")]
        sent.setdefault(part, []).extend(chosen)
    return sent
