"""Bäckby as an example: a neighbourhood, its needs mapping, and answers that nobody gave."""

from flask import Flask

from engage.demo.commands import demo


def init_app(app: Flask) -> None:
    """Bind this room to the app."""
    app.cli.add_command(demo)
