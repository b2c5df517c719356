"""Pages under `/<language>/…`: the language is taken from the address and put into links."""

from typing import Any

from flask import Blueprint, Flask, current_app, request
from werkzeug.routing import BaseConverter

from engage.i18n.current import current_language, set_language
from engage.i18n.languages import LANGUAGES, language_or_none
from engage.web.access import PUBLIC, access_of


class LanguageConverter(BaseConverter):
    """Match the code of a known language and nothing else."""

    regex = "|".join(sorted(LANGUAGES, key=len, reverse=True))


def page_blueprint(room: str, import_name: str, prefix: str = "") -> Blueprint:
    """Return a blueprint whose pages are under `/<language>` + `prefix`.

    Views get no `language` argument (ask `current_language()`), and `url_for` fills it in.
    """
    return Blueprint(room, import_name, url_prefix=f"/<language:language>{prefix}")


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    code = values.pop("language", None) if values else None
    if code is None:
        return
    view = current_app.view_functions.get(endpoint or "")
    set_language(LANGUAGES[code], for_staff=view is not None and access_of(view) != PUBLIC)


def _expects_language(endpoint: str | None) -> bool:
    known = endpoint in current_app.view_functions
    return known and current_app.url_map.is_endpoint_expecting(str(endpoint), "language")


def _put_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and _expects_language(endpoint):
        values["language"] = current_language().code


def speak_language_of_path() -> None:
    """Speak the language an address begins with although no page answers to it."""
    first = request.path.split("/", 2)[1]
    language = language_or_none(first) if first else None
    if language is not None:
        set_language(language)


def page_in(code: str) -> str:
    """Return the address of this same page in another language."""
    if not _expects_language(request.endpoint):
        return f"/{code}/"
    return current_app.url_for(
        str(request.endpoint), **{**(request.view_args or {}), "language": code}
    )


def init_pages(app: Flask) -> None:
    """Teach the app to read and write the language in addresses."""
    app.url_map.converters["language"] = LanguageConverter
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
