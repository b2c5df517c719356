"""The columns `engage::…`: what XLSForm has no column for, as an export writes it."""

import hashlib
import json
from typing import Any

from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.headings import OWN

#: A spreadsheet's cell holds no more; longer JSON goes on in `engage::exact 2` and so on.
LONGEST_CELL = 32_000


def extra(row: Row, name: str) -> str:
    """Return the content of one of our own columns, continued in numbered ones."""
    parts = [row.cells.get(f"{OWN}:{name}", "")]
    number = 2
    while more := row.cells.get(f"{OWN}:{name}{number}"):
        parts.append(more)
        number += 1
    return "".join(parts)


def extra_json(row: Row, name: str, kind: type) -> Any:
    """Return the JSON of one of our own columns if it is of this kind, else None."""
    content = extra(row, name)
    if not content:
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, kind) else None


def extra_yes(row: Row, name: str) -> bool:
    """Say whether one of our own columns says yes."""
    return row.cell(f"{OWN}:{name}").lower() in {"yes", "true"}


def digest(value: Any) -> str:
    """Return a short fingerprint of a value, the same wherever it is worked out."""
    content = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:12]
