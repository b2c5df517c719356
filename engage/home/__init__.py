"""Pages that gather from everywhere: front page, community page, staff start page."""

from flask import Flask

from engage.home.routes import blueprint, entry


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    app.register_blueprint(entry)
    app.register_blueprint(blueprint)
