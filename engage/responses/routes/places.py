"""The map to mark a place on: fetched by the phone when somebody taps “Show map”."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from engage.responses.maps import map_of
from engage.responses.meeting import now, round_or_404
from engage.web.access import public
from engage.web.pages import page_blueprint

blueprint = page_blueprint("places", __name__)


@blueprint.get("/r/<slug>/map")
@public
def area_map(slug: str) -> ResponseReturnValue:
    """Give out the areas as a piece of a page: it is put under the question that was asked."""
    offered = round_or_404(slug)
    if not offered.has_map or not offered.round.takes_answers(now()):
        abort(404)
    drawn, names = map_of(offered.community)
    return render_template("responses/_map.html", map=drawn, names=names)
