"""What the headings of a form mean: which field, in which language, and which are nobody's."""

from dataclasses import dataclass
from typing import Literal

import regex

from engage.questionnaires.xlsform.cells import straight
from engage.questionnaires.xlsform.languages import language_code

SheetKind = Literal["survey", "choices", "settings"]

#: Fields with words for people; a heading may name the language.
TEXTS = {
    *("label", "hint", "guidance_hint", "constraint_message", "required_message", "title"),
    *("easy", "why", "thanks"),
}
#: Files to show or play; a heading may name the language.
MEDIA = {"image", "big-image", "audio", "video"}
OWN = "engage"

#: Other names of fields, in small letters with `_` between words.
_ALIASES = {
    "bind:relevant": "relevant",
    "relevance": "relevant",
    "bind:constraint": "constraint",
    "bind:jr:constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "bind:required": "required",
    "bind:jr:requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "bind:calculate": "calculation",
    "calculate": "calculation",
    "bind:readonly": "read_only",
    "readonly": "read_only",
    "control:appearance": "appearance",
    "body:appearance": "appearance",
    "control:jr:count": "repeat_count",
    "body:jr:count": "repeat_count",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "choice_filters": "choice_filter",
    "parameter": "parameters",
    "big_image": "big-image",
    "select_from_list_name": "list_name",
    "set_form_title": "title",
    "form_title": "title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
_ALIASES_OF_CHOICES = {"list": "list_name", "value": "name", "caption": "label"}
_FIELDS: dict[SheetKind, set[str]] = {
    "survey": {
        *("type", "name", "list_name", "relevant", "constraint", "required", "calculation"),
        *("default", "choice_filter", "appearance", "parameters", "repeat_count", "read_only"),
        *("trigger", "disabled", *(TEXTS - {"title", "thanks", "easy", "why"}), *MEDIA),
    },
    "choices": {"list_name", "name", "label", *MEDIA},
    "settings": {"title", "form_id", "default_language"},
}
#: Columns that other programs keep for themselves, or authors for each other.
_PASSED_OVER = regex.compile(
    r"""(?:
    \#|notes?|comments?|remarks?|sms_.*|compact_tag|intent|autoplay|rows|save_to|entity.*|order
    |\$?kuid|\$(?:autoname|autovalue|prev|qpath|xpath)|qpath|xpath|tags|hxl|_.*|kobo--.*
    |no_?app_?error_?string|bind:.*|body:.*|control:.*|instance:.*|odk:.*|orx:.*
    |accuracythreshold|capture-accuracy|query|publishable|minimum_seconds|report_view
    |response_note
    )""",
    regex.VERBOSE,
)


@dataclass(frozen=True)
class Column:
    """One column: its field, the language its heading names, and the heading as it stands.

    `field` is empty for a column that means nothing here; `is_known` says that this is as it
    should be. Columns of choices that are no fields are properties for filters: `is_property`.
    """

    index: int
    heading: str
    field: str = ""
    language: str = ""
    is_known: bool = True
    is_property: bool = False


def columns_of(headings: tuple[str, ...], kind: SheetKind) -> list[Column]:
    """Return what each column with a heading is."""
    named = [(index, straight(heading)) for index, heading in enumerate(headings)]
    return _with_bare_languages(
        [_column(index, heading, kind) for index, heading in named if heading]
    )


def _column(index: int, heading: str, kind: SheetKind) -> Column:
    parts = _parts(heading)
    base = _plain(parts[0])
    if base == OWN and len(parts) > 1:
        own = _plain(parts[1])
        field = own if own == "title" else f"{OWN}:{own}"
        return Column(index, heading, field, ":".join(parts[2:]))
    if kind == "choices" and base.startswith(f"{OWN}_"):
        own, _bar, language = base.removeprefix(f"{OWN}_").partition("_")
        return Column(index, heading, f"{OWN}:{own}", language)
    if base == "media" and len(parts) > 1:
        parts = parts[1:]
        base = _plain(parts[0])
    field = _field(base, parts, kind)
    if field:
        language = parts[-1] if len(parts) > 1 and field in TEXTS | MEDIA else ""
        language = "" if _field(_plain(":".join(parts)), [], kind) else language
        return Column(index, heading, field, language)
    whole = _plain(":".join(parts))
    if _PASSED_OVER.fullmatch(whole) and kind != "choices":
        return Column(index, heading)
    return Column(index, heading, is_known=kind != "survey", is_property=kind == "choices")


def _parts(heading: str) -> list[str]:
    """Return a heading in its parts; `bind::jr:constraintMsg::sv` is a field and a language."""
    parts = [part.strip() for part in regex.split(r"::|:", heading)]
    lengths = {"jr": 2, "bind": 3 if len(parts) > 1 and parts[1].lower() == "jr" else 2}
    length = lengths.get(parts[0].lower(), 1)
    return [":".join(parts[:length]), *parts[length:]]


def _plain(name: str) -> str:
    return str(regex.sub(r"[\s_]+", "_", name.strip().lower()))


def _field(base: str, parts: list[str], kind: SheetKind) -> str:
    """Return the field of a heading, tried whole (`bind::relevant`), then by its beginning."""
    whole = _plain(":".join(parts)) if parts else base
    for name in (whole, base):
        other = _ALIASES_OF_CHOICES.get(name) if kind == "choices" else None
        field = other or _ALIASES.get(name, name)
        if kind == "settings" and field == "label":
            field = "title"
        if field in _FIELDS[kind]:
            return field
    return ""


def _with_bare_languages(found: list[Column]) -> list[Column]:
    """Take a heading that is only a language, such as `english(en)`, for the label in it."""
    labelled = {column.language for column in found if column.field == "label"}
    made = []
    for column in found:
        is_language = not column.field and regex.search(r"\([A-Za-z-]{2,8}\)$", column.heading)
        if is_language and language_code(column.heading) and column.heading not in labelled:
            column = Column(column.index, column.heading, "label", column.heading)
        made.append(column)
    return made
