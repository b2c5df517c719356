"""One column of the table of answers, described from the questionnaire and never from answers."""

from dataclasses import dataclass, field
from typing import Any, Literal

from engage.i18n.text import Text, in_language

#: What a cell holds: choice a key, flag true or false, integer, number, text, and ISO dates, times.
ColumnKind = Literal["choice", "flag", "integer", "number", "text", "date", "time", "datetime"]
#: What is left out of exports unless somebody may see it: typed words, places on the map.
HeldBack = Literal["", "text", "point"]


@dataclass(frozen=True)
class Code:
    """One value a column may hold, and what it is called.

    `house` is the house's own word (“Yes”), lazy, for languages in which `label` has none.
    """

    value: str
    label: Text
    house: Any = ""

    def words(self, language: str) -> str:
        """Return what the value is called; the house's words are in the language spoken now."""
        return in_language(self.label, language) or str(self.house) or self.value


@dataclass(frozen=True)
class Column:
    """One column of the response table.

    `name` is unique within the questionnaire and fit for statistics programs, `question` the key it
    comes from, `part` the choice, row or half it holds, called `part_label` and `part_house`, a
    lazy word of the house; `codes` the values of a choice column. `ordered` says that the codes go
    from one end to the other. `longest` is how many characters a text may have, None for any.
    """

    name: str
    question: str
    kind: ColumnKind
    label: Text
    part: str = ""
    codes: tuple[Code, ...] = field(default=())
    ordered: bool = False
    part_label: Text = field(default_factory=dict)
    part_house: Any = ""
    held_back: HeldBack = ""
    longest: int | None = None

    @property
    def width(self) -> int | None:
        """Return how many characters a cell may have, None for no limit."""
        if self.kind == "choice":
            return max((len(code.value) for code in self.codes), default=1)
        return self.longest

    def part_words(self, language: str) -> str:
        """Return what the part is called, its key where nothing else is known."""
        told = (in_language(self.part_label, language), str(self.part_house))
        return " – ".join(filter(None, told)) or self.part
