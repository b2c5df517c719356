"""One thing that is wrong with a questionnaire, and where."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """What to do about it, as a lazy staff text, and the place: `question.age.relevant`."""

    place: str
    message: Any

    @property
    def kind(self) -> str:
        """Return what it is about: document, introduction, question, group, repeat, choice."""
        return self.place.partition(".")[0]

    @property
    def key(self) -> str:
        """Return the key of the item or choice list it is about, or nothing for the whole."""
        if self.kind in {"document", "introduction"}:
            return ""
        name = self.place.partition(".")[2].partition(".")[0]
        return name.replace("%2E", ".").replace("%25", "%") if self.kind == "choice" else name
