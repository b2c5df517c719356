"""The blueprints of this room: addresses for programs, and pages for people."""

from flask import Blueprint

from engage.extensions import csrf
from engage.web.pages import page_blueprint
from engage.web.problems import API

api = Blueprint("api", __name__, url_prefix=f"{API}v1")
# Nothing here reads a cookie, so nothing can be forged with one.
csrf.exempt(api)
pages = page_blueprint("tokens", __name__, "/account/tokens")
