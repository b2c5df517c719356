"""Addresses for programs: tokens of members, and exports without a page."""

from flask import Flask

from engage.accounts.audit_words import describe_actions
from engage.api.routes import api, pages
from engage.api.throttle import init_throttle
from engage.i18n.gettext import s_lazy


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    describe_actions(
        {
            "api_token_made": s_lazy("API token made"),
            "api_token_revoked": s_lazy("API token revoked"),
        }
    )
    init_throttle(app)
    app.register_blueprint(api)
    app.register_blueprint(pages)
