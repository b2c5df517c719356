"""Flask-Babel told how this house chooses language and clock."""

from flask import Flask

from engage.extensions import babel
from engage.i18n.current import current_locale


def init_languages(app: Flask) -> None:
    """Take the locale from the page's language and the time zone from the settings."""
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", app.config["TIME_ZONE"])
    babel.init_app(app, locale_selector=lambda: str(current_locale()))
