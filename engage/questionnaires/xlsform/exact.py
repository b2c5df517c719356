"""The exact form of what a form cannot say: kept beside it, taken while the rest is unchanged.

An export writes into `engage::exact` the fields that a reading of the other columns would get
otherwise, each with a fingerprint of that reading. Whoever changes the other columns is believed.
"""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engage.i18n.gettext import s_lazy
from engage.questionnaires.expressions import MAX_DEPTH
from engage.questionnaires.xlsform.extras import digest, extra_json
from engage.questionnaires.xlsform.form import Row
from engage.questionnaires.xlsform.report import Report

P = TypeVar("P", bound=BaseModel)
#: An item is told by its row, and what it holds has rows of its own.
_APART = {"kind", "items", "choice_lists", "schema_version"}
#: The columns a field was read from, where they are called otherwise.
_COLUMNS = {
    "title": ("title", "label"),
    "calculation": ("calculation", "default"),
    "times": ("repeat_count",),
    "key": ("name",),
    "columns": (),
    "choice_list": ("type",),
    "other": ("type",),
}


def plain_fields(part: BaseModel) -> dict[str, Any]:
    """Return the fields of a part as JSON values, without the parts inside it."""
    return part.model_dump(mode="json", exclude=_APART & set(type(part).model_fields))


def differing(read: BaseModel, real: BaseModel) -> dict[str, list[Any]]:
    """Return what `engage::exact` has to hold so that `read` becomes `real` again."""
    found = plain_fields(read)
    return {
        name: [digest(found[name]), value]
        for name, value in plain_fields(real).items()
        if getattr(read, name) != getattr(real, name)
    }


def exactly(part: P, row: Row, report: Report) -> P:
    """Return a part with the exact fields that its row holds, if they still belong to the rest."""
    said = extra_json(row, "exact", dict)
    if not said:
        return part
    fields, exact = plain_fields(part), {}
    for name, entry in said.items():
        if name not in fields or not isinstance(entry, list) or len(entry) != 2:
            continue
        if entry[0] != digest(fields[name]):
            reason = s_lazy("It was changed here, so the form kept by Engage is not used.")
            report.note(row.spot(name), name, reason)
            continue
        exact[name] = entry[1]
    made = _checked(part, exact)
    if made is not part:
        for name in exact:
            for column in _COLUMNS.get(name, (name,)):
                report.forget(row.spot(column))
    return made


def _checked(part: P, exact: dict[str, Any]) -> P:
    """Return the part with fields put in; without them where they cannot be what they claim."""
    if not exact or _depth(exact) > 4 * MAX_DEPTH:
        return part
    kept = {name: getattr(part, name) for name in type(part).model_fields}
    try:
        # As JSON, so that what JSON cannot hold (tuples) is read as it was written.
        given = type(part).model_validate_json(
            json.dumps({**part.model_dump(mode="json"), **exact})
        )
    except (ValidationError, ValueError, RecursionError):
        return part
    return type(part).model_validate({**kept, **{name: getattr(given, name) for name in exact}})


def _depth(value: Any) -> int:
    """Return how deep lists and objects stand in each other."""
    level, depth = [value], 0
    while level:
        depth += 1
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level]
        level = [each for one in inner if isinstance(one, list) for each in one]
    return depth
