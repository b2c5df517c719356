"""The two things a browser remembers for a reader: language, and light or dark."""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.wrappers import Response as BaseResponse

from engage.i18n.current import chosen_language
from engage.i18n.languages import LANGUAGES, Language, language_or_none

THEMES = ("light", "dark")
_ONE_YEAR = 365 * 24 * 60 * 60


def cookie_name(name: str) -> str:
    """Return the name a cookie has here; the prefix pins it to this host where https allows."""
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def remember(
    response: BaseResponse, name: str, value: str, max_age: int | None = _ONE_YEAR
) -> None:
    """Let this browser keep something: for a year, or with None until it is closed."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=max_age,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def forget(response: BaseResponse, name: str) -> None:
    """Let this browser forget it; a prefixed cookie goes only with what it was set with."""
    remember(response, name, "", max_age=0)


def theme() -> str:
    """Return “light” or “dark” if the reader chose one, else nothing (the system decides).

    A page that is the same for everybody has no reader, so nothing is read for it.
    """
    if not request or g.get("same_for_all"):
        return ""
    chosen = request.cookies.get(cookie_name("theme"), "")
    return chosen if chosen in THEMES else ""


def remembered_language() -> Language | None:
    """Return the language this browser used last, if it is still one of ours."""
    return language_or_none(request.cookies.get(cookie_name("language"), ""))


def in_suggested_order(languages: list[Language]) -> list[Language]:
    """Return the languages with the likely one first: used last, or preferred by the browser."""
    likely = remembered_language() or _preferred(request.accept_languages, languages)
    return sorted(languages, key=lambda language: language != likely)


def _preferred(accepted: LanguageAccept, languages: list[Language]) -> Language | None:
    by_code = {language.code: language for language in languages}
    for wanted in accepted.values():
        known = by_code.get(wanted) or by_code.get(wanted.split("-")[0])
        if known is not None:
            return known
    return None


def local_path(address: str | None, otherwise: str) -> str:
    """Return path and query of an address on this host, else `otherwise` (never another host)."""
    parts = urlsplit(address or "")
    ours = parts.netloc in {"", request.host} and parts.scheme in {"", "http", "https"}
    if not ours or not parts.path.startswith("/") or parts.path.startswith(("//", "/\\")):
        return otherwise
    return parts.path + (f"?{parts.query}" if parts.query else "")


def choose_theme(chosen: str) -> BaseResponse:
    """Answer to the light/dark buttons: remember the choice and go back to the page."""
    response = redirect(local_path(request.referrer, "/"), code=303)
    if chosen in THEMES:
        remember(response, "theme", chosen)
    else:
        forget(response, "theme")
    return response


def keep_nothing() -> None:
    """Leave no cookie of ours with this answer: the phone is somebody else's (R-25)."""
    g.keep_nothing = True


def _remember_language(response: Response) -> Response:
    """Keep the language of a page that is made for this reader, for when an address lacks one."""
    language = chosen_language()
    shared = g.get("same_for_all") or "no-store" not in response.headers.get(
        "Cache-Control", "no-store"
    )
    shared = shared or g.get("keep_nothing", False)
    if language is not None and not shared and language != remembered_language():
        remember(response, "language", LANGUAGES[language.code].code)
    return response


def init_preferences(app: Flask) -> None:
    """Remember the language of pages made for one reader."""
    app.after_request(_remember_language)
