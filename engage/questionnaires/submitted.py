"""What was submitted for one question: its fields, and how they are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from engage.i18n.gettext import LazyText, ngettext
from engage.questionnaires.document import OTHER, Choice, Document, Question
from engage.questionnaires.expressions import Expression, call, literal
from engage.questionnaires.typed import fit_text

#: Why a question has no answer. `not_asked` is decided by the path, never by the person.
Missing = Literal["not_asked", "skipped", "dont_know", "prefer_not"]
MISSING: tuple[Missing, ...] = ("not_asked", "skipped", "dont_know", "prefer_not")
_MARKS: tuple[Missing, ...] = ("prefer_not", "dont_know")
#: What an answer must meet, and the lazy text that says what to do where it does not.
Limit = tuple[Expression, LazyText]
#: From this many choices on, tiles give way to a list that can be searched.
LONG_LIST = 13
#: Before the value of a radio that stands for a way of not answering.
MARK = "~"


class AnswerError(Exception):
    """An answer that cannot be taken; `message` is a lazy translated text that says what to do."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(type(message)))
        self.message = message


def too_long(over: int) -> Any:
    """Return the message for a text with too many characters."""
    return LazyText(
        lambda: ngettext(
            "Your text is %(num)s character too long. Shorten it.",
            "Your text is %(num)s characters too long. Shorten it.",
            over,
        )
    )


def longest(maximum: int) -> Limit:
    """Return the limit on how long a text may be."""
    told = LazyText(
        lambda: ngettext(
            "Write at most %(num)s character", "Write at most %(num)s characters", maximum
        )
    )
    return call("at_most", call("length", Expression(op="self")), literal(maximum)), told


@dataclass(slots=True)
class FormValues:
    """The submitted fields of one question: its own name, and sub-fields `name:part`."""

    values: Mapping[str, Sequence[str]]
    name: str

    def many(self, part: str = "") -> list[str]:
        """Return every value of the field, in order, as it came."""
        return list(self._sent(part))

    def _sent(self, part: str) -> Sequence[str]:
        return self.values.get(f"{self.name}:{part}" if part else self.name, ())

    def typed(self, part: str = "") -> str:
        """Return the first value of the field as it can be kept and shown again."""
        sent = self._sent(part)
        return fit_text(sent[0]) if sent else ""

    def one(self, part: str = "") -> str:
        """Return the first value of the field, without the spaces around it."""
        return self.typed(part).strip()

    def chosen(self, part: str = "") -> list[str]:
        """Return the keys that were chosen, each once: no blanks, no ways of not answering."""
        values = [fit_text(value).strip() for value in self._sent(part)]
        kept = [value for value in values if value and not value.startswith(MARK)]
        return list(dict.fromkeys(kept)) if len(kept) > 1 else kept

    def missing(self) -> Missing | None:
        """Return which way of not answering was chosen, if one was.

        Among radios and a list of one name, a choice beside the mark is the answer: without
        JavaScript a radio, once chosen, cannot be taken back.
        """
        sent, marks = self._sent(""), set(self._sent("missing"))
        if not marks and not [value for value in sent if value.startswith(MARK)]:
            return None
        own = [value for value in sent if value.strip()]
        if all(value.startswith(MARK) for value in own):
            marks |= {value.removeprefix(MARK) for value in own}
        return next((mark for mark in _MARKS if mark in marks), None)


@dataclass(slots=True)
class Asked:
    """A question as it is put to one person: with the choices that its filter leaves."""

    question: Question
    document: Document
    choices: tuple[Choice, ...]
    today: date

    @property
    def choice_keys(self) -> frozenset[str]:
        """Return the keys that may be chosen, with `other` where it is offered."""
        known = self.document.choice_lists.get(self.question.choice_list)
        keys = (
            known.every_key
            if known and known.choices is self.choices
            else frozenset(choice.key for choice in self.choices)
        )
        return keys | {OTHER} if self.question.other else keys

    @property
    def listed(self) -> tuple[Choice, ...]:
        """Return every choice of the list: the page shows all, the phone hides some."""
        return self.document.choices(self.question)

    @property
    def first_listed(self) -> tuple[Choice, ...]:
        """Return the choices before the others of a long list: those that staff put first."""
        return self.listed[: LONG_LIST - 1]

    @property
    def has_long_list(self) -> bool:
        """Say whether the choices are too many to lie before somebody as tiles."""
        return len(self.listed) >= LONG_LIST
