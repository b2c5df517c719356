"""What an import tells the person: what is lost, what cannot be read, what was only remarked."""

from dataclasses import dataclass, field
from typing import Any

from engage.i18n.gettext import LazyText
from engage.questionnaires.document import Document


@dataclass(frozen=True)
class Loss:
    """One thing by its place in the workbook: what it is, and a lazy staff text that says why.

    `row` is as the spreadsheet program counts, 0 where the whole sheet or file is meant.
    """

    sheet: str
    row: int
    column: str
    what: str
    reason: Any


def sentences(*parts: Any) -> LazyText:
    """Return whole sentences one after the other, put together when they are shown."""
    return LazyText(_one_after_the_other, *parts)


def _one_after_the_other(*parts: Any) -> str:
    return " ".join(str(part) for part in parts)


@dataclass(frozen=True)
class Imported:
    """What came out of a workbook.

    Without a document, or with `problems`, nothing can be imported. `losses` have to be accepted.
    `notes` keep the meaning and need nobody's consent. `key` is a short name to propose.
    """

    document: Document | None
    losses: tuple[Loss, ...] = ()
    problems: tuple[Loss, ...] = ()
    notes: tuple[Loss, ...] = ()
    key: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether the questionnaire is here with everything the workbook says."""
        return self.document is not None and not self.problems and not self.losses


class UnreadableError(Exception):
    """A file that cannot be read as a questionnaire; `message` is a lazy staff text."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(type(message)))
        self.message = message


@dataclass(frozen=True)
class Spot:
    """A place in the workbook."""

    sheet: str
    row: int = 0
    column: str = ""


@dataclass
class Report:
    """Collects what is to be told while reading goes on."""

    losses: list[Loss] = field(default_factory=list)
    problems: list[Loss] = field(default_factory=list)
    notes: list[Loss] = field(default_factory=list)
    said: set[tuple[str, int, str, str]] = field(default_factory=set)

    def loss(self, spot: Spot, what: str, reason: Any) -> None:
        """Name something that cannot be kept."""
        self._add(self.losses, spot, what, reason)

    def problem(self, spot: Spot, what: str, reason: Any) -> None:
        """Name something that keeps the file from being imported at all."""
        self._add(self.problems, spot, what, reason)

    def note(self, spot: Spot, what: str, reason: Any) -> None:
        """Name something that was changed or left out without harm."""
        self._add(self.notes, spot, what, reason)

    def forget(self, spot: Spot) -> None:
        """Take back what was said of a place, where the exact form was found after all."""
        self.losses = [loss for loss in self.losses if not _is_at(loss, spot)]
        self.notes = [note for note in self.notes if not _is_at(note, spot)]

    def imported(self, document: Document | None, key: str = "") -> Imported:
        """Return the result, everything in the order of the workbook."""
        losses, problems, notes = map(_in_order, (self.losses, self.problems, self.notes))
        return Imported(None if problems else document, losses, problems, notes, key)

    def _add(self, to: list[Loss], spot: Spot, what: str, reason: Any) -> None:
        """Add it once: the same in another language's column of the row says nothing new."""
        what = _shortened(what)
        same = (spot.sheet, spot.row, what, str(reason))
        if same not in self.said:
            self.said.add(same)
            to.append(Loss(spot.sheet, spot.row, spot.column, what, reason))


_SHEETS = {"": 0, "settings": 1, "survey": 2, "choices": 3}
_LONGEST = 200


def _in_order(told: list[Loss]) -> tuple[Loss, ...]:
    return tuple(sorted(told, key=lambda loss: (_SHEETS.get(loss.sheet.lower(), 9), loss.row)))


def _is_at(loss: Loss, spot: Spot) -> bool:
    return (loss.sheet, loss.row, loss.column) == (spot.sheet, spot.row, spot.column)


def _shortened(what: str) -> str:
    plain = " ".join(what.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
