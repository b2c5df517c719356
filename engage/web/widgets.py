"""What templates need to know of a WTForms field: its kind, its first error, its attributes."""

from collections.abc import Iterable
from typing import Any

from wtforms import Field, FieldList, FileField, Form, FormField, widgets

_KINDS: tuple[tuple[type, str], ...] = (
    (widgets.HiddenInput, "hidden"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.SubmitInput, "submit"),
    (widgets.ListWidget, "choices"),
)


def kind_of(field: Field) -> str:
    """Return how a field is laid out: hidden, checkbox, submit, choices, group or plain input."""
    if isinstance(field, (FieldList, FormField)):
        return "group"
    return next((kind for known, kind in _KINDS if isinstance(field.widget, known)), "input")


def is_optional(field: Field) -> bool:
    """Say whether a field may be left out; of a list of options one is always chosen."""
    if kind_of(field) == "input" and not isinstance(field.widget, widgets.Select):
        return not field.flags.required
    return bool(field.flags.optional)


def first_error(errors: Any) -> str:
    """Return the first message of a field, also of one made of other fields."""
    if isinstance(errors, dict):
        errors = list(errors.values())
    while isinstance(errors, (list, tuple)):
        if not errors:
            return ""
        errors = first_error(errors[0]) if isinstance(errors[0], dict) else errors[0]
    return str(errors)


def name_of_field(label: object) -> str:
    """Return a label without the mark it ends with, so that a colon may follow."""
    return str(label).rstrip("?؟: ")


def has_files(form: Iterable[Field] | Form) -> bool:
    """Say whether a form sends files."""
    return any(isinstance(field, FileField) for field in form)


def described_values(name: str, hint: str, error: str) -> dict[str, str]:
    """Return the attributes that tie an input to its hint and its error."""
    ids = [f"{name}-{part}" for part, said in (("hint", hint), ("error", error)) if said]
    values = {"aria-describedby": " ".join(ids)} if ids else {}
    return {**values, "aria-invalid": "true"} if error else values
