"""What is asked: the document, its versions, conditions, the path and the editor."""

from flask import Flask

from engage.questionnaires import log_words
from engage.questionnaires.commands import questionnaire
from engage.questionnaires.naming import autonym
from engage.questionnaires.piping import piped
from engage.questionnaires.routes import blueprint
from engage.questionnaires.routes.media import media

__all__ = ["init_app", "log_words"]


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    app.jinja_env.filters.update(piped=piped, autonym=autonym)
    app.register_blueprint(blueprint)
    app.add_url_rule("/media/<digest>", "questionnaires.media", media)
    app.cli.add_command(questionnaire)
