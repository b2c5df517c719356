"""Engage: a neighbourhood says what it needs, agrees on a vision, acts, and follows up."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from config import Config
from engage import (
    accounts,
    api,
    communities,
    demo,
    exports,
    home,
    questionnaires,
    responses,
    results,
    web,
)
from engage.extensions import init_extensions

__all__ = ["create_app"]


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Return the app; `settings` override those from the environment (tests, commands)."""
    app = Flask("engage", static_folder=None, template_folder=None)
    app.config.from_object(Config())
    app.config.update(settings or {})
    init_extensions(app)
    web.init_app(app)
    accounts.init_app(app)
    communities.init_app(app)
    questionnaires.init_app(app)
    responses.init_app(app)
    results.init_app(app)
    exports.init_app(app)
    api.init_app(app)
    home.init_app(app)
    demo.init_app(app)
    return app
