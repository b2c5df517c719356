"""What was answered: rounds, submissions, receipts."""

from flask import Flask

from engage.responses.commands import responses
from engage.responses.jobs import tidy
from engage.responses.letterbox import init_letterbox
from engage.responses.offered import init_offered
from engage.responses.programs import init_programs
from engage.responses.rounds.commands import round_group
from engage.responses.rounds.routes import blueprint as rounds
from engage.responses.routes import register_routes
from engage.responses.throttle import init_throttle

__all__ = ["init_app", "tidy"]


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    init_offered(app)
    init_throttle(app)
    init_programs(app)
    register_routes(app)
    init_letterbox(app)
    app.register_blueprint(rounds)
    app.cli.add_command(responses)
    app.cli.add_command(round_group)
