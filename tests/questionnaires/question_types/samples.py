"""A question of each type and setting, with what may be sent for it and what may not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engage.questionnaires.document import Document, Question
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import Asked, FormValues, QuestionType

TODAY = date(2027, 3, 31)
LANGUAGES = ("sv", "ar")
_NEEDS = ("work", "safety", "park", "none", "vård")
LISTS = {
    "needs": [{"key": key, "label": {"sv": f"Behov {key}", "ar": f"ع {key}"}} for key in _NEEDS],
    "steps": [
        {"key": str(step), "label": {"sv": words}}
        for step, words in enumerate(("Aldrig", "Sällan", "Ibland", "Ofta"), start=1)
    ],
    "streets": [{"key": f"s{n}", "label": {"sv": f"Gata {n}"}} for n in range(1, 41)],
}
STEPS = [{"key": str(step), "label": {"sv": f"Steg {step}"}} for step in range(1, 6)]
ROWS = [{"key": "home", "label": {"sv": "Hemma"}}, {"key": "out", "label": {"sv": "Ute"}}]


@dataclass(frozen=True)
class Sample:
    """A question with forms that give a value, and forms that are refused."""

    type: str
    settings: dict[str, Any] = field(default_factory=dict)
    good: Sequence[tuple[dict[str, list[str]], Any]] = ()
    bad: Sequence[dict[str, list[str]]] = ()
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> QuestionType:
        return QUESTION_TYPES[self.type]

    @property
    def question(self) -> Question:
        listed = {"choice_list": "needs"} if self.kind.has_choices else {}
        told = {"key": "q", "type": self.type, "label": {"sv": "Fråga"}, "settings": self.settings}
        return Question.model_validate({**told, **listed, **self.more})

    @property
    def document(self) -> Document:
        return document_of(self.question)

    def asked(self) -> Asked:
        question, document = self.question, self.document
        return Asked(question, document, document.choices(question), TODAY)

    def read(self, fields: dict[str, list[str]]) -> Any:
        return self.kind.read(self.asked(), form_of(fields))

    def __str__(self) -> str:
        return f"{self.type}{self.settings or ''}{self.more or ''}"[:60]


def form_of(fields: dict[str, list[str]], name: str = "q") -> FormValues:
    """Return fields by part as a browser would send them."""
    named = {f"{name}:{part}" if part else name: values for part, values in fields.items()}
    return FormValues(named, name)


def document_of(*questions: Question) -> Document:
    """Return a questionnaire of these questions, with the lists of the samples."""
    lists = {name: {"choices": choices} for name, choices in LISTS.items()}
    return Document.model_validate(
        {"languages": LANGUAGES, "choice_lists": lists, "items": questions}
    )


def _one(*values: str) -> dict[str, list[str]]:
    return {"": list(values)}


_OTHER = {"other": True}
_STREETS = {"choice_list": "streets"}
_DATE = {"day": ["3"], "month": ["2"], "year": ["2024"]}
KNOWN = (
    Sample("single_choice", {}, [(_one("work"), "work"), (_one("vård"), "vård")], [_one("x")]),
    Sample("single_choice", {"layout": "list"}, [(_one("", "park"), "park")], [_one("a", "b")]),
    Sample(
        "single_choice",
        {"layout": "columns"},
        [({"": ["other"], "words": ["Cykla"]}, "other"), ({"words": ["Cykla"]}, "other")],
        [_one("work", "safety")],
        _OTHER,
    ),
    Sample("single_choice", {}, [(_one("s40"), "s40")], [], _STREETS),
    Sample("multiple_choice", {}, [(_one("park", "work"), ["work", "park"])], [_one("work", "x")]),
    Sample(
        "multiple_choice",
        {"minimum": 2, "maximum": 3, "alone": "none", "layout": "columns"},
        [(_one("none"), ["none"]), (_one("other", "work"), ["work", "other"])],
        [_one("work"), _one("work", "none"), _one("work", "safety", "park", "vård")],
        _OTHER,
    ),
    Sample(
        "yes_no", {}, [(_one("yes"), "yes"), (_one("no"), "no")], [_one("ja"), _one("yes", "no")]
    ),
    Sample("yes_no", {"yes": {"sv": "Absolut"}}, [(_one("yes"), "yes")]),
    Sample("scale", {"steps": STEPS}, [(_one("5"), "5")], [_one("6"), _one("1", "2")]),
    Sample("scale", {}, [(_one("4"), "4")], [_one("5")], {"choice_list": "steps"}),
    Sample(
        "matrix",
        {"rows": ROWS},
        [
            ({"home": ["1"]}, {"home": "1"}),
            ({"out": ["2"], "home": ["1"]}, {"home": "1", "out": "2"}),
        ],
        [{"home": ["9"]}, {"home": ["1", "2"]}],
        {"choice_list": "steps"},
    ),
    Sample(
        "matrix",
        {"rows": ROWS},
        [({"home": ["1"], "out": ["4"]}, {"home": "1", "out": "4"})],
        [{"home": ["1"]}],
        {"choice_list": "steps", "required": True, "randomise": True},
    ),
    Sample(
        "ranking",
        {},
        [({"1": ["park"], "2": ["work"]}, ["park", "work"])],
        [{"1": ["x"]}, {"1": ["work"], "2": ["work"]}, {"2": ["work"]}],
    ),
    Sample(
        "ranking",
        {"top": 2},
        [({"1": ["park"], "2": ["work"]}, ["park", "work"])],
        [{"1": ["work"]}, {"1": ["work"], "2": ["park"], "3": ["safety"]}],
        {"required": True},
    ),
    Sample(
        "number",
        {},
        [(_one(" 1 234 "), 1234), (_one("۱۲"), 12), (_one("−5"), -5), (_one("1,234"), 1234)],
        [_one("tolv"), _one("1,5"), _one("1e5"), _one("9" * 16), _one("inf"), _one("-")],
    ),
    Sample(
        "number",
        {"minimum": 0, "maximum": 100.5, "decimals": 2, "unit": {"sv": "kr", "ar": "كرونة"}},
        [(_one("٩٩٫٥"), 99.5), (_one("0"), 0.0), (_one("12,50"), 12.5)],
        [_one("-1"), _one("101"), _one("1,234"), _one("0.125")],
    ),
    Sample("number", {"minimum": 3, "decimals": 6}, [(_one("3.1415"), 3.1415)], [_one("2")]),
    Sample("number", {"maximum": 3}, [(_one("3"), 3)], [_one("4")]),
    Sample("range", {}, [(_one("10"), 10)], [_one("11"), _one("1", "2"), _one("1.0")]),
    Sample(
        "range",
        {"start": 1, "end": 0, "step": 0.1, "low": {"sv": "bra"}, "high": {"sv": "dåligt"}},
        [(_one("0.3"), 0.3), (_one("1"), 1), (_one("0"), 0)],
        [_one("0.35")],
    ),
    Sample("range", {"end": 100}, [(_one("57"), 57)], [_one("101")]),
    Sample("short_text", {}, [(_one(" Hej\r\ndär "), "Hej där")], [_one("a" * 201)]),
    Sample("long_text", {"maximum": 5}, [(_one("👨‍👩‍👧‍👦" * 5), "👨‍👩‍👧‍👦" * 5)], [_one("abcdef")]),
    Sample("long_text", {"maximum": 100_000}, [(_one("å" * 70_000), "å" * 70_000)]),
    Sample(
        "date",
        {"not_later_than_today": True},
        [(_DATE, "2024-02-03"), ({**_DATE, "day": ["٢٩"]}, "2024-02-29")],
        [
            {**_DATE, "day": ["30"]},
            {**_DATE, "day": [""]},
            {**_DATE, "year": ["24"]},
            {**_DATE, "month": ["13"]},
            {**_DATE, "day": ["x"]},
            {**_DATE, "year": ["2028"]},
        ],
    ),
    Sample(
        "date",
        {"precision": "month", "earliest": "2024-02-15", "latest": "2025-01-10"},
        [({"month": ["2"], "year": ["2024"]}, "2024-02")],
        [{"month": ["1"], "year": ["2024"]}, {"month": ["2"], "year": ["2025"]}, {"month": ["1"]}],
    ),
    Sample("date", {"precision": "year"}, [({"year": ["۱۹۸۴"]}, "1984")], [{"year": ["1404"]}]),
    Sample(
        "time", {}, [(_one("14:30"), "14:30"), (_one("٨.٠٥"), "08:05")], [_one("25:00"), _one("8")]
    ),
    Sample(
        "datetime",
        {},
        [({**_DATE, "time": ["09:15"]}, "2024-02-03T09:15")],
        [_DATE, {"time": ["09:15"]}, {**_DATE, "time": ["9"]}],
    ),
    Sample(
        "place",
        {},
        [
            (
                {"area": ["work"], "text": ["Torget"], "point": ["59.61,16.54"]},
                {"area": "work", "text": "Torget", "point": [59.610133, 16.540087]},
            ),
            ({"point": ["59.61 16.54 12.0 5.0"]}, {"point": [59.610133, 16.540087]}),
        ],
        [{"area": ["x"]}, {"text": ["a" * 201]}, {"point": ["here"]}, {"point": ["91,0"]}],
        {"choice_list": "needs"},
    ),
    Sample(
        "place",
        {"text": False},
        [({"area": ["s2"]}, {"area": "s2"})],
        (),
        _STREETS,
    ),
    Sample("place", {"point": False}, [({"text": ["Torget"]}, {"text": "Torget"})]),
    Sample("place", {"grid": 250}, [({"point": ["0,0"]}, {"point": [0.0, 0.0]})]),
    Sample(
        "gap",
        {"rows": ROWS, "importance": STEPS, "met": STEPS[:3], "met_label": {"sv": "Hur är det?"}},
        [({"home.met": ["1"], "out.importance": ["5"]}, {"home.met": "1", "out.importance": "5"})],
        [{"home.met": ["4"]}, {"home.importance": ["1", "2"]}],
    ),
    Sample(
        "gap",
        {"importance": STEPS, "met": STEPS},
        [({"importance": ["5"], "met": ["1"]}, {"importance": "5", "met": "1"})],
        [{"met": ["1"]}],
        {"required": True},
    ),
    Sample("picture_choice", {}, [(_one("park"), "park")], [_one("x"), _one("park", "work")]),
    Sample(
        "picture_choice",
        {"several": True},
        [(_one("park", "work"), ["work", "park"]), ({"words": ["Sjö"]}, ["other"])],
        [_one("x")],
        _OTHER,
    ),
    Sample("acknowledge", {}, [(_one("OK"), "OK")], [_one("on")]),
    Sample("note"),
    Sample("calculated", {}, more={"calculation": {"op": "value", "value": 5}}),
)
#: A type that nobody wrote a sample for yet is tried with its default settings.
SAMPLES = KNOWN + tuple(
    Sample(name) for name in QUESTION_TYPES if name not in {sample.type for sample in KNOWN}
)
