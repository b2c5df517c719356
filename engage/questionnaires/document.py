"""The questionnaire as one JSON document: sections, questions, choices, conditions and texts.

A published document never changes. Keys are stable and apart from labels and from export names, so
that answers keep their meaning when wording, order or language change.
"""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
)

from engage.i18n.text import Text
from engage.questionnaires.expressions import Expression

KEY_PATTERN = r"^[A-Za-z_][A-Za-z0-9_-]{0,63}$"
CHOICE_KEY_PATTERN = r"^[^\s~,|]{1,128}$"
Key = Annotated[str, Field(pattern=KEY_PATTERN)]
ChoiceKey = Annotated[str, Field(pattern=CHOICE_KEY_PATTERN)]
#: The choice that `other` adds to a question; its words are kept beside it.
OTHER = "other"


class _Part(BaseModel):
    """A part of the document: unchangeable, and without fields nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Part):
    """One thing to choose; `columns` are properties that choice filters look at."""

    key: ChoiceKey
    label: Text = {}
    easy: Text = {}
    image: str = ""
    columns: dict[str, str] = {}


class ChoiceList(_Part):
    """Choices that one or more questions share."""

    choices: tuple[Choice, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Choice]:
        """Return the choices by their keys."""
        return {choice.key: choice for choice in self.choices}

    @cached_property
    def every_key(self) -> frozenset[str]:
        """Return the keys of all choices."""
        return frozenset(self.by_key)


class Question(_Part):
    """One question; what is particular to its type is in `settings`, checked by the type.

    `easy` is the easy-to-read wording, `why` one sentence on why it is asked, `audio` a recorded
    reading per language (names of media), `other` adds a choice with words of one's own.
    `calculation` gives calculated questions their value, and others their first value.
    `dont_know` and `prefer_not` offer the two ways of not answering.
    """

    kind: Literal["question"] = "question"
    key: Key
    type: str
    label: Text = {}
    hint: Text = {}
    easy: Text = {}
    why: Text = {}
    audio: Text = {}
    image: str = ""
    export_name: str = ""
    required: bool = False
    required_message: Text = {}
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Text = {}
    calculation: Expression | None = None
    choice_list: str = ""
    choice_filter: Expression | None = None
    other: bool = False
    randomise: bool = False
    dont_know: bool = False
    prefer_not: bool = False
    background: bool = False
    settings: dict[str, Any] = {}


class _Container(_Part):
    """An item with items of its own; it always names its kind, a question need not."""

    kind: str

    @model_serializer(mode="wrap")
    def _with_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"kind": self.kind, **handler(self)}


class Group(_Container):
    """Questions that belong together; `one_screen` shows them at once, on one screen."""

    kind: Literal["group"] = "group"
    key: Key
    title: Text = {}
    hint: Text = {}
    relevant: Expression | None = None
    one_screen: bool = False
    items: tuple["Item", ...] = ()


class Repeat(_Container):
    """A group answered several times, once per child, tree or household member.

    With `times` the number is worked out from earlier answers; without, the person adds entries
    between `minimum` and `maximum`.
    """

    kind: Literal["repeat"] = "repeat"
    key: Key
    title: Text = {}
    hint: Text = {}
    relevant: Expression | None = None
    times: Expression | None = None
    minimum: int = Field(0, ge=0)
    maximum: int = Field(20, ge=1, le=200)
    one_screen: bool = False
    items: tuple["Item", ...] = ()


def _kind_of(item: Any) -> str:
    kind = item.get("kind", "question") if isinstance(item, dict) else getattr(item, "kind", "")
    return str(kind)


Item = Annotated[
    Annotated[Question, Tag("question")]
    | Annotated[Group, Tag("group")]
    | Annotated[Repeat, Tag("repeat")],
    Discriminator(_kind_of),
]


class Introduction(_Part):
    """What a person reads before starting: who asks, why, what happens with the answers."""

    who: Text = {}
    why: Text = {}
    what_happens: Text = {}
    more: Text = {}


class Document(_Part):
    """A whole questionnaire. `languages` are those it is written in, the first its own."""

    schema_version: Literal[1] = 1
    title: Text = {}
    introduction: Introduction = Introduction()
    thanks: Text = {}
    languages: tuple[str, ...]
    minutes: int = Field(5, ge=1, le=240)
    choice_lists: dict[str, ChoiceList] = {}
    items: tuple[Item, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return every question by key, in order."""
        return {item.key: item for item, _ in walk(self.items) if isinstance(item, Question)}

    @cached_property
    def repeats_of(self) -> dict[str, tuple[str, ...]]:
        """Return for every key the keys of the repeats it stands in, outermost first."""
        return {item.key: repeats for item, repeats in walk(self.items)}

    @cached_property
    def has_repeats(self) -> bool:
        """Say whether anything is asked several times."""
        return any(isinstance(item, Repeat) for item, _ in walk(self.items))

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """Return the choices of a question's list (without the one that `other` adds)."""
        chosen = self.choice_lists.get(question.choice_list)
        return chosen.choices if chosen else ()

    def choice(self, question: Question, key: str) -> Choice | None:
        """Return one choice of a question by key."""
        chosen = self.choice_lists.get(question.choice_list)
        return chosen.by_key.get(key) if chosen else None

    def to_json(self) -> str:
        """Return the document as JSON without what is at its default: the stored form."""
        return self.model_dump_json(exclude_defaults=True)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the stored form."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def walk(
    items: tuple[Item, ...], repeats: tuple[str, ...] = ()
) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Yield every item, outer before inner, with the keys of the repeats around it."""
    for item in items:
        yield item, repeats
        if not isinstance(item, Question):
            inner = (*repeats, item.key) if isinstance(item, Repeat) else repeats
            yield from walk(item.items, inner)
