"""Whatever a form says: it comes in sound, goes out and back the same, or is refused with words."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.questionnaires.checking import problems_of
from engage.questionnaires.path import walk_answers
from engage.questionnaires.xlsform import read_xlsform, write_xlsform
from tests.questionnaires.xlsform.workbooks import xlsx

_TYPES = st.sampled_from(
    [
        *("integer", "decimal", "text", "note", "calculate", "date", "time", "dateTime"),
        *("select_one l", "select_multiple l", "select_one m or_other", "rank l", "range"),
        *("geopoint", "acknowledge", "hidden", "image", "start", "today", "barcode", "geotrace"),
        *("select_one gone", "select_one_from_file x.csv", "", "Select One  m", "select one l"),
    ]
)
_NAMES = st.sampled_from(["a", "b", "c", "d", "e", "A", "å b", "1", "", "g", "r", "x" * 70, "نام"])
_SAID = st.sampled_from(["", "**Hi** ${a}", "${b} ${nobody}", "<b>x</b>", "ماذا؟", "two\nlines"])
_ATOMS = st.sampled_from(
    [
        *("${a} = 'x'", "${b} > 5", "selected(${c}, 'other')", "${d} != ''", ". < 10", "${nobody}"),
        *("${e} = ‘1’", "count(${r}) > 1", "sum(${a})", "random() > 1", "${g}", "today() - ${b}"),
        *(
            "indexed-repeat(${a}, ${r}, 1)",
            "position(..)",
            "jr:choice-name(${c}, '${c}')",
            "((",
            "",
        ),
    ]
)
_CONDITIONS = st.one_of(
    st.just(""),
    st.builds(
        lambda one, word, two: f"{one} {word} {two}", _ATOMS, st.sampled_from(["and", "or"]), _ATOMS
    ),
    _ATOMS,
)
_COLUMNS = {
    "relevant": _CONDITIONS,
    "constraint": _CONDITIONS,
    "calculation": _CONDITIONS,
    "choice_filter": st.sampled_from(["", "town = ${a}", "name != ${c}", "gone = 1"]),
    "default": st.sampled_from(["", "5", "x", "today()", "${a}", "other"]),
    "required": st.sampled_from(["", "yes", "${a} = 1"]),
    "appearance": st.sampled_from(["", "minimal", "likert", "field-list", "label", "list-nolabel"]),
    "parameters": st.sampled_from(["", "start=0 end=5 step=1", "randomize=true", "start=x"]),
    "read_only": st.sampled_from(["", "yes"]),
    "repeat_count": st.sampled_from(["", "3", "${a}", "-1", "1000", "0.5"]),
}
_HEADINGS = ["type", "name", "label::English (en)", "label::Arabic", "hint", *_COLUMNS]


@st.composite
def _rows(draw, depth=0):
    rows = []
    for _ in range(draw(st.integers(1 if depth == 0 else 0, 6))):
        word = draw(_TYPES)
        part = depth < 3 and draw(st.integers(0, 4)) == 0
        begun = draw(st.sampled_from(["group", "repeat"])) if part else ""
        cells = [f"begin {begun}" if part else word, draw(_NAMES), *(draw(_SAID) for _ in range(3))]
        sparse = (draw(column) if draw(st.booleans()) else "" for column in _COLUMNS.values())
        rows.append([*cells, *sparse])
        if part:
            rows += [*draw(_rows(depth + 1)), [f"end {begun}"]]
    return rows


_CHOICES = st.lists(
    st.tuples(
        st.sampled_from(["l", "m"]),
        st.sampled_from(["x", "1", "other", "two words", "", "a,b"]),
        st.sampled_from(["", "X", "**Y**", "${a}"]),
        st.sampled_from(["", "x", "two words"]),
    ),
    max_size=8,
)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(_rows(), _CHOICES)
def test_any_form_comes_in_sound_or_is_refused_with_words(rows, choices):
    listed = [["list_name", "name", "label::English (en)", "town"], *map(list, choices)]
    found = read_xlsform(xlsx({"survey": [_HEADINGS, *rows], "choices": listed}), "f.xlsx", "en")
    told = [*found.losses, *found.problems, *found.notes]
    assert all(str(loss.reason) and loss.sheet for loss in told)
    if found.document is None:
        assert found.problems
        return
    problems = [one for one in problems_of(found.document) if one.place != "document.items"]
    assert not problems, [(one.place, str(one.message)) for one in problems]
    walk_answers(found.document, {}, found.document.languages[0], date(2027, 4, 1))
    again = read_xlsform(write_xlsform(found.document), "again.xlsx", "sv")
    assert again.document == found.document
    assert not again.losses
    assert again.document.digest == found.document.digest
