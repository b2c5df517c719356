"""The description of all this for programs that read OpenAPI."""

from typing import Any

from flask import current_app

from engage.api.description import description
from engage.api.routes.blueprints import api
from engage.web.access import public


@api.get("/openapi.json")
@public
def openapi() -> dict[str, Any]:
    """Return the description; it holds nothing of this installation but its address."""
    return description(current_app.config["BASE_URL"])
