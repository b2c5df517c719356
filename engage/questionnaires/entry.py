"""One person's answers to a questionnaire, as stored: by question key, with reasons for gaps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engage.questionnaires.question_types.base import Missing

#: What a stored entry is made of; no answer is a list of things that look like it.
_PARTS = {"answers", "missing", "words"}


@dataclass
class Entry:
    """Answers, reasons for missing ones and own words, by question key; repeats hold entries."""

    answers: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, Missing] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the stored form; empty parts are left out."""
        answers = {key: _plain(value) for key, value in self.answers.items()}
        parts = {"answers": answers, "missing": dict(self.missing), "words": dict(self.words)}
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Entry":
        """Return the entry of a stored form."""
        answers = {key: _entries(value) for key, value in stored.get("answers", {}).items()}
        return cls(answers, dict(stored.get("missing", {})), dict(stored.get("words", {})))


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [entry.to_json() if isinstance(entry, Entry) else entry for entry in value]
    return value


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() <= _PARTS


def _entries(value: Any) -> Any:
    if isinstance(value, list) and value and all(map(_is_entry, value)):
        return [Entry.from_json(entry) for entry in value]
    return value
