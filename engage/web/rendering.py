"""Templates beside their rooms, and the names every template may use."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from flask_login import current_user
from jinja2 import FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from engage.i18n import formats
from engage.i18n.current import current_language, interface_language
from engage.i18n.gettext import TEMPLATE_FUNCTIONS
from engage.i18n.languages import LANGUAGES, Language, languages_for
from engage.web import widgets
from engage.web.icons import icon
from engage.web.pages import page_in
from engage.web.preferences import theme


def _at_run_time(function: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from applying a filter to a constant once and for all, in one language."""

    @pass_context
    def filtered(_context: Context, *values: Any, **options: Any) -> str:
        return function(*values, **options)

    return filtered


def language_names(languages: Iterable[Language | str]) -> Markup:
    """Return languages, or their codes, by their own names, each marked as what it is."""
    codes = [one if isinstance(one, str) else one.code for one in languages]
    named = [(code, LANGUAGES[code].autonym if code in LANGUAGES else code) for code in codes]
    return Markup(", ").join(Markup('<bdi lang="{}">{}</bdi>').format(*one) for one in named)


def language_marks(code: str) -> Markup:
    """Return the attributes that say which language a piece of a page is in, by its code."""
    known = LANGUAGES.get(code)
    return Markup(' lang="{}" dir="{}"').format(code, known.direction) if known else Markup("")


FILTERS = {
    "number": _at_run_time(formats.number),
    "percent": _at_run_time(formats.percent),
    "day": _at_run_time(formats.day),
    "day_of_week": _at_run_time(formats.day_of_week),
    "month": _at_run_time(formats.month),
    "clock": _at_run_time(formats.clock),
    "listing": _at_run_time(formats.listing),
    "code_groups": formats.code_groups,
    "first_error": widgets.first_error,
    "name_of_field": widgets.name_of_field,
    "kind_of": widgets.kind_of,
    "is_optional": widgets.is_optional,
    "has_files": widgets.has_files,
    "shown": formats.neutralise_controls,
    "language_marks": language_marks,
    "language_names": language_names,
}


def site_languages() -> list[Language]:
    """Return the languages this installation offers, in its own order."""
    return languages_for(current_app.config["LANGUAGES"])


def url_if(endpoint: str, **values: Any) -> str:
    """Return the address of a page, or nothing where this installation has no such page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def front_page() -> str:
    """Return the address of the front page in the reader's language."""
    return f"/{current_language().code}/"


def site_name() -> str:
    """Return the name every title ends with."""
    return str(current_app.config.get("SITE_NAME", "Engage"))


def _loader(root: Path) -> PrefixLoader:
    folders = sorted(path for path in root.glob("*/templates") if path.is_dir())
    return PrefixLoader({path.parent.name: FileSystemLoader(path) for path in folders})


def init_rendering(app: Flask) -> None:
    """Find the templates of every room and give them their names."""
    app.jinja_loader = _loader(Path(__file__).parent.parent)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        TEMPLATE_FUNCTIONS,
        current_user=current_user,
        described_values=widgets.described_values,
        front_page=front_page,
        icon=icon,
        language=current_language,
        interface_language=interface_language,
        site_languages=site_languages,
        site_name=site_name,
        page_in=page_in,
        theme=theme,
        url_if=url_if,
        months=formats.months,
        weekdays=formats.weekdays,
    )
