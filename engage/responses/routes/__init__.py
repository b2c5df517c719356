"""Addresses for residents: from the code on the poster to the receipt, and back with the code."""

from flask import Flask

from engage.responses.routes import answering, codes, landing, places, receipts


def register_routes(app: Flask) -> None:
    """Give the app its resident pages."""
    app.register_blueprint(landing.addresses)
    for module in (landing, answering, places, receipts, codes):
        app.register_blueprint(module.blueprint)
