"""Who you are: users, sign-in, second factor and the audit log."""

from flask import Flask

from engage.accounts.commands import audit, user
from engage.accounts.current import init_current
from engage.accounts.routes import blueprint
from engage.accounts.throttle import init_throttle


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    init_current(app)
    init_throttle(app)
    app.register_blueprint(blueprint)
    app.cli.add_command(user)
    app.cli.add_command(audit)
