"""Believable, valid answers along the conditions, for trying out and for measuring.

Everyone made up here has a mood and opinions that hold over questions, so that results lean as real
ones do. Nothing is known of types: what a question's columns may hold decides what is answered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from engage.questionnaires.column import Column
from engage.questionnaires.document import Document, Question
from engage.questionnaires.entry import Entry
from engage.questionnaires.path import Step, walk_answers
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.submitted import Asked
from engage.questionnaires.values import Value, as_text

#: (question, language, chance) → words somebody might write.
Wording = Callable[[Question, str, Random], str]
#: Question key → choice key → how much more often it is chosen than others.
Leaning = Mapping[str, Mapping[str, float]]
_ROUNDS = 12
_SKIPPED, _UNSURE, _WRITES, _ENTRIES = 0.04, 0.03, 0.4, 2


@dataclass
class _Person:
    """One made-up person: `mood` from -1 to 1 shifts every ordered answer."""

    chance: Random
    language: str
    mood: float
    wording: Wording
    leaning: Leaning
    form: dict[str, list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def plain_words(question: Question, language: str, chance: Random) -> str:
    """Return words of the question itself in another order: text of a believable length."""
    words = question.label.get(language, question.key).split()
    return " ".join(chance.choice(words) for _ in range(chance.randint(2, 14)))


def generate_entry(
    document: Document,
    language: str,
    today: date,
    chance: Random,
    wording: Wording = plain_words,
    leaning: Leaning | None = None,
) -> Entry:
    """Return one person's valid answers; what cannot be answered believably is skipped."""
    mood = max(-1.0, min(1.0, chance.gauss(0, 0.5)))
    person = _Person(chance, language, mood, wording, leaning or {})
    walked = walk_answers(document, person.form, language, today)
    for _ in range(_ROUNDS):
        if not _answer(person, walked.steps, document):
            break
        walked = walk_answers(document, person.form, language, today)
    return walked.entry


def _answer(person: _Person, steps: Sequence[Step], document: Document) -> bool:
    """Fill in what is newly asked and take back what was refused; say whether anything changed."""
    changed = False
    for step in steps:
        if step.name not in person.seen:
            person.seen.add(step.name)
            changed |= _fill(person, step)
        elif step.error is not None and _take_back(person, step.name):
            changed = True
    return _add_entries(person, document) or changed


def _take_back(person: _Person, name: str) -> bool:
    mine = [field for field in person.form if field == name or field.startswith(f"{name}:")]
    for one in mine:
        del person.form[one]
    return bool(mine)


def _add_entries(person: _Person, document: Document) -> bool:
    """Begin entries of outermost repeats once, by answering their first question."""
    changed = False
    for key, question in document.questions.items():
        repeats = document.repeats_of[key]
        if not repeats or repeats[0] in person.seen:
            continue
        person.seen.add(repeats[0])
        asked = Asked(question, document, document.choices(question), date.min)
        for number in range(1, person.chance.randint(0, _ENTRIES) + 1):
            name = ".".join(part for repeat in repeats for part in (repeat, str(number)))
            changed |= _put(person, f"{name}.{key}", asked)
    return changed


def _fill(person: _Person, step: Step) -> bool:
    question = step.asked.question
    if not QUESTION_TYPES[question.type].is_asked or _take_part(person, step.name):
        return False
    if not question.required and person.chance.random() < _SKIPPED:
        return False
    for mark in ("dont_know", "prefer_not"):
        if getattr(question, mark) and person.chance.random() < _UNSURE:
            person.form[f"{step.name}:missing"] = [mark]
            return True
    return _put(person, step.name, step.asked)


def _take_part(person: _Person, name: str) -> bool:
    return any(field == name or field.startswith(f"{name}:") for field in person.form)


def _put(person: _Person, name: str, asked: Asked) -> bool:
    kind = QUESTION_TYPES[asked.question.type]
    value = _value(person, asked)
    if value in (None, "", [], {}):
        return False
    for part, values in kind.form_values(value).items():
        person.form[f"{name}:{part}" if part else name] = values
    return True


def _value(person: _Person, asked: Asked) -> Value:
    question = asked.question
    kind = QUESTION_TYPES[question.type]
    columns = kind.columns(question, asked.document)
    offered = _offered(asked)
    shape = kind.shape_of(question)
    if shape == "parts":
        return {
            one.part: _cell(person, question, one, _codes(one, offered))
            for one in columns
            if one.part and (one.codes or not kind.is_free_text)
        }
    if shape in {"many", "ranks"}:
        return _several(person, asked, offered)
    if shape == "date":
        return _date(person, asked, columns[0].kind if columns else "")
    return _cell(person, question, columns[0], _codes(columns[0], offered)) if columns else None


def _date(person: _Person, asked: Asked, kind: str) -> Value:
    """Return a day of the last ten years, with a time of day where one is asked for."""
    if asked.today.year == 1:
        return None
    day = (asked.today - timedelta(days=person.chance.randint(0, 3650))).isoformat()
    return f"{day}T{_time(person)}" if kind == "datetime" else day


def _time(person: _Person) -> str:
    return f"{person.chance.randint(6, 22):02d}:{person.chance.choice((0, 15, 30, 45)):02d}"


def _offered(asked: Asked) -> list[str]:
    kind = QUESTION_TYPES[asked.question.type]
    known = [code.value for code in kind.codes(asked.question, asked.document)]
    return [key for key in known if key in asked.choice_keys] if asked.choices else known


def _codes(column: Column, offered: Sequence[str]) -> list[str]:
    own = [code.value for code in column.codes]
    return [code for code in own if code in offered] or own


def _taste(question: Question, part: str) -> Random:
    return Random(f"{question.key}/{part}")  # noqa: S311 - made-up answers, no secret


def _weights(person: _Person, question: Question, codes: Sequence[str], part: str) -> list[float]:
    """Return how likely each choice is: fixed by the question, not by the person."""
    taste = _taste(question, part)
    usual = {code: 0.3 + taste.random() for code in codes}
    lean = {
        **person.leaning.get(question.key, {}),
        **person.leaning.get(f"{question.key}:{part}", {}),
    }
    return [usual[code] * lean.get(code, 1.0) for code in codes]


def _cell(person: _Person, question: Question, column: Column, codes: Sequence[str]) -> Value:
    chance = person.chance
    if codes and column.ordered:
        middle = 0.5 + 0.25 * person.mood + _taste(question, column.part).uniform(-0.2, 0.2)
        at = round(chance.gauss(middle, 0.22) * (len(codes) - 1))
        return codes[max(0, min(len(codes) - 1, at))]
    if codes:
        return chance.choices(codes, _weights(person, question, codes, column.part))[0]
    if column.kind in {"integer", "number"}:
        return _number(person, question)
    if column.kind == "time":
        return _time(person)
    if column.kind == "text" and chance.random() < _WRITES:
        return person.wording(question, person.language, chance)[: column.longest]
    return None


def _number(person: _Person, question: Question) -> Value:
    settings = QUESTION_TYPES[question.type].settings(question)
    if steps := getattr(settings, "steps", None):
        return float(person.chance.choice(steps))
    low = getattr(settings, "minimum", None)
    high = getattr(settings, "maximum", None)
    low = 0 if low is None else low
    high = low + 6 if high is None else high
    return int(low + (high - low) * person.chance.betavariate(1.2, 3))


def _several(person: _Person, asked: Asked, offered: list[str]) -> Value:
    """Return some of the choices, the likelier ones first; as many as there are places to rank."""
    chance, question = person.chance, asked.question
    if not offered:
        return None
    settings = QUESTION_TYPES[question.type].settings(question)
    alone = getattr(settings, "alone", "")
    if alone and chance.random() < 0.15:
        return [alone]
    most = getattr(settings, "top", None) or getattr(settings, "maximum", None) or len(offered)
    left = [key for key in offered if key != alone]
    is_ranked = hasattr(settings, "top")
    number = min(most if is_ranked else chance.randint(1, min(most, 3)), len(left))
    picked: list[Value] = []
    while len(picked) < number:
        one = chance.choices(left, _weights(person, question, left, ""))[0]
        picked.append(one)
        left.remove(one)
    return picked if is_ranked else sorted(picked, key=lambda key: offered.index(as_text(key)))
