"""What the parts of a document are called in a form: rows, lists, and names in expressions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from engage.questionnaires.document import Document, Item, Question
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.question_types.base import XlsformPart
from engage.questionnaires.xlsform import kinds
from engage.questionnaires.xlsform.build import MADE_LIST


@dataclass
class SheetNames:
    """What the document's keys are called in the sheet, and where they stand."""

    document: Document
    lists: Mapping[str, str]
    paths: dict[str, str] = field(default_factory=dict)
    #: (key of a question, part) → name of the row that is this part.
    parts: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._place(self.document.items, "/data")

    def _place(self, items: tuple[Item, ...], path: str) -> None:
        for item in items:
            self.paths[item.key] = f"{path}/{item.key}"
            if isinstance(item, Question):
                for name, part in self.part_names(item).items():
                    self.parts[(item.key, part)] = name
            else:
                self._place(item.items, f"{path}/{item.key}")

    def part_names(self, question: Question) -> dict[str, str]:
        """Return the parts of a question that become several rows, by the names of these."""
        rows = parts_of(question, self.document)
        return {row.name: row.name.removeprefix(f"{question.key}_") for row in rows}


@dataclass(frozen=True)
class Seen:
    """The names as one row sees them."""

    names: SheetNames
    item: Item

    def reference(self, key: str, part: str) -> str:
        """Return `${name}` of a question or of one row of it."""
        named = self.names.parts.get((key, part))
        if named is not None:
            return f"${{{named}}}"
        return f"${{{key}}}/{part}" if part else f"${{{key}}}"

    def path(self, key: str) -> str:
        """Return the path from the root."""
        return self.names.paths.get(key, f"/data/{key}")

    def repeat_of(self, key: str) -> str:
        """Return the innermost repeat around a question, empty where there is none."""
        return next(iter(reversed(self.names.document.repeats_of.get(key, ()))), "")

    def is_beside(self, key: str) -> bool:
        """Say whether a question stands in a repeat that this row stands in too."""
        of = self.names.document.repeats_of
        return bool(set(of.get(key, ())) & set(of.get(self.item.key, ())))

    def has_choices(self, key: str) -> bool:
        """Say whether an answer is a list of choices already; no key means the row's own."""
        found = self.names.document.questions.get(key or self.item.key)
        return found is not None and (word_of(found)[0] in kinds.SELECTS or keeps_list_apart(found))


def word_of(question: Question) -> tuple[str, str, str]:
    """Return XLSForm's word, appearance and parameters for a question."""
    kind = QUESTION_TYPES.get(question.type)
    try:
        return kind.to_xlsform(question) if kind else ("text", "", "")
    except ValidationError:
        return ("text", "", "")


def parts_of(question: Question, document: Document) -> tuple[XlsformPart, ...]:
    """Return the rows a question becomes where XLSForm has no such type."""
    kind = QUESTION_TYPES.get(question.type)
    if kind is None or word_of(question)[0]:
        return ()
    return kind.xlsform_parts(question, document)


def keeps_list_apart(question: Question) -> bool:
    """Say whether a question has a list that its type cell cannot name."""
    return bool(question.choice_list) and word_of(question)[0] not in kinds.SELECTS


def sheet_names(document: Document) -> dict[str, str]:
    """Return what each list is called in the sheet: without spaces, and no list that we make."""
    names: dict[str, str] = {}
    for number, name in enumerate(document.choice_lists, start=1):
        fit = "".join(sign if sign.isalnum() or sign in "_-." else "_" for sign in name)
        if not fit[:1].isalpha() or fit.startswith(MADE_LIST) or len(fit) > 60:
            fit = f"list_{number}"
        while fit in names.values():
            fit += "_"
        names[name] = fit
    return names
