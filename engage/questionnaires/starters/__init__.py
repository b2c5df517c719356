"""What a new questionnaire may begin with: nothing, or a small example to change."""

import json
from pathlib import Path
from typing import Any

from engage.i18n.gettext import s_lazy
from engage.questionnaires.document import Document

_FOLDER = Path(__file__).parent
#: Name of the file beside this one → what it is.
STARTERS: list[tuple[str, Any]] = [
    ("needs", s_lazy("A small needs mapping: five questions to change")),
]


def starter(name: str, title: str, language: str) -> Document:
    """Return the document to begin with, written in this language; raises KeyError if unknown."""
    if not name:
        return Document(title={language: title}, languages=(language,))
    if name not in dict(STARTERS):
        raise KeyError(name)
    example: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    others = [code for code in example["languages"] if code != language]
    languages = [language, *others]
    named = {**example["title"], language: title}
    return Document.model_validate({**example, "title": named, "languages": languages})
