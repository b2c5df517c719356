"""Where a text of a questionnaire stands, in words that staff read: “Question 3: Hint”."""

from collections.abc import Mapping
from typing import Any

from engage.i18n.formats import number as shown
from engage.i18n.gettext import s_, s_lazy
from engage.questionnaires.document import Document, Question, walk
from engage.questionnaires.question_types import QUESTION_TYPES

_PARTS: dict[str, Any] = {
    "title": s_lazy("Title"),
    "thanks": s_lazy("Thanks, after sending"),
    "who": s_lazy("Who asks"),
    "why": s_lazy("Why"),
    "what_happens": s_lazy("What happens with the answers"),
    "more": s_lazy("More to read"),
}
_ITEM_PARTS: dict[str, Any] = {
    "label": s_lazy("Question"),
    "title": s_lazy("Heading"),
    "hint": s_lazy("Hint"),
    "easy": s_lazy("Easier text"),
    "why": s_lazy("Why we ask, and who sees the answer"),
    "required_message": s_lazy("What to say when it is not answered"),
    "constraint_message": s_lazy("What to say when the check of the answer fails"),
}
_CHOICE_PARTS: dict[str, Any] = {"label": s_lazy("Words"), "easy": s_lazy("Easier text")}


class PlaceNames:
    """The places of one questionnaire by name; items are counted in the order they are asked."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers: dict[str, int] = {}
        for kind in ("question", "group", "repeat"):
            keys = [item.key for item, _ in walk(document.items) if item.kind == kind]
            self.numbers |= {f"{kind}.{key}": number for number, key in enumerate(keys, start=1)}

    def of(self, place: str) -> str:
        """Return what a place is called; of one that is not there any more, as it is written."""
        kind, _, rest = place.partition(".")
        key, _, part = rest.partition(".")
        if kind == "document":
            return str(_PARTS.get(key, s_("The questionnaire")))
        if kind == "introduction":
            return s_("Introduction: %(part)s", part=_PARTS.get(key, ""))
        if kind == "choice":
            return self._choice(key.replace("%2E", ".").replace("%25", "%"), part) or place
        found = self.numbers.get(f"{kind}.{key}")
        return self._item(kind, key, found, part) if found else place

    def _item(self, kind: str, key: str, place: int, part: str) -> str:
        number, text = shown(place), self._part(key, part)
        if kind == "group":
            whole = s_("Group %(number)s", number=number)
            return s_("Group %(number)s: %(part)s", number=number, part=text) if text else whole
        if kind == "repeat":
            whole = s_("Repeat %(number)s", number=number)
            return s_("Repeat %(number)s: %(part)s", number=number, part=text) if text else whole
        whole = s_("Question %(number)s", number=number)
        return s_("Question %(number)s: %(part)s", number=number, part=text) if text else whole

    def _part(self, key: str, part: str) -> str:
        """Return what a text of an item is called, as the editor calls its field."""
        if not part.startswith("setting."):
            return str(_ITEM_PARTS.get(part, ""))
        question = self.document.questions.get(key)
        name, _, line = part.removeprefix("setting.").partition(".")
        label = _label_of_setting(question, name)
        if not line or question is None or not label:
            return label
        lines = [one.get("key") for one in question.settings.get(name, ()) if _is_named(one)]
        at = shown(lines.index(line) + 1) if line in lines else line
        return s_("%(part)s (line %(line)s)", part=label, line=at)

    def _choice(self, name: str, rest: str) -> str:
        key, _, part = rest.rpartition(".")
        choices = self.document.choice_lists.get(name)
        keys = [choice.key for choice in choices.choices] if choices else []
        if key not in keys:
            return ""
        return s_(
            "List “%(name)s”, choice %(number)s: %(part)s",
            name=name,
            number=shown(keys.index(key) + 1),
            part=_CHOICE_PARTS.get(part, ""),
        )


def _label_of_setting(question: Question | None, name: str) -> str:
    kind = QUESTION_TYPES.get(question.type) if question else None
    unbound = getattr(kind.settings_form, name, None) if kind else None
    labels = getattr(unbound, "args", ())
    return str(labels[0]) if labels else ""


def _is_named(part: Any) -> bool:
    return isinstance(part, Mapping) and "key" in part
