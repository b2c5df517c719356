"""What the answers of a round are weighted by: the figures of its community, and a secret."""

import hmac

from flask import current_app

from engage.responses.models import Round
from engage.results.reach.population import figures_of
from engage.results.weighted import Weighting


def weighting_for(round_: Round) -> Weighting | None:
    """Return what a round is weighted by, None where its community has no population figures."""
    figures = figures_of(round_.community)
    if figures is None:
        return None
    secret = str(current_app.config["SECRET_KEY"]).encode()
    purpose = f"weighted shares\0{round_.id}"
    return Weighting(figures.people, hmac.digest(secret, purpose.encode(), "sha256"))
