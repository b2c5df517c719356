"""The parameters of a row: `start=0 end=10 step=1 randomize=true`."""

import regex

from engage.questionnaires.xlsform.form import Row

_PARAMETER = regex.compile(r"([\w.-]+)\s*=\s*('[^']*'|\"[^\"]*\"|[^\s,;]+)")


def parameters_of(row: Row) -> dict[str, str]:
    """Return the parameters of a row by name, in small letters."""
    found = _PARAMETER.findall(row.cell("parameters"))
    return {name.lower(): value.strip("'\"") for name, value in found}


def is_randomised(row: Row) -> bool:
    """Say whether the choices come in an order of chance."""
    said = row.cell("appearance").lower().split()
    return parameters_of(row).get("randomize", "").startswith("true") or "randomized" in said
