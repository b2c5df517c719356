"""Taking it away: one format per file in formats/."""

from flask import Flask

from engage.accounts.audit_words import describe_actions
from engage.exports.commands import export
from engage.exports.routes import blueprint
from engage.i18n.gettext import s_lazy


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    describe_actions(
        {
            "export_asked_for": s_lazy("Export asked for"),
            "export_approved": s_lazy("Export of raw answers agreed to"),
            "export_fetched": s_lazy("Export fetched"),
        }
    )
    app.register_blueprint(blueprint)
    app.cli.add_command(export)
