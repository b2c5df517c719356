"""Where you belong: network, city, neighbourhood, areas, partners, memberships, permissions."""

from flask import Flask

from engage.communities.commands import community_group
from engage.communities.naming import marked_text, plain_text
from engage.communities.permissions import community_of_page, may, may_open
from engage.communities.routes import blueprint


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    app.register_blueprint(blueprint)
    app.cli.add_command(community_group)
    app.context_processor(community_of_page)
    app.jinja_env.globals.update(may=may, may_open=may_open)
    app.jinja_env.filters.update(plain_text=plain_text, marked_text=marked_text)
