"""What every resident page of a round needs: the round itself, its language, its help line."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NoReturn

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from engage.communities.models import Community
from engage.i18n.current import current_language
from engage.i18n.languages import Language
from engage.i18n.text import in_language
from engage.responses.offered import Offered, offered_rounds
from engage.web.bytes import RenderedPage, render_for_all

#: Seconds after which what failed here may be tried again.
TRY_AGAIN = "20"


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def secret() -> str:
    """Return the instance's secret, with which codes and keys are hashed."""
    return str(current_app.config["SECRET_KEY"])


def round_or_404(slug: str) -> Offered:
    """Return the round at an address; one that is being prepared is not there yet."""
    try:
        offered = offered_rounds().get(slug)
    except SQLAlchemyError:
        _keep_what_was_sent()
    if offered is None or offered.round.state(now()) == "preparing":
        abort(404)
    return offered


def _keep_what_was_sent() -> NoReturn:
    """Say that nothing can be read or written now, with what was sent ready to be sent again."""
    values = list(request.form.items(multi=True))
    if not values:
        abort(503)
    html = render_template("responses/kept.html", values=values)
    abort(make_response(html, 503, {"Retry-After": TRY_AGAIN}))


def title_in(offered: Offered, language: str) -> str:
    """Return what the survey is called."""
    document = offered.document
    found = in_language(document.title, language) or in_language(offered.round.name, language)
    return found or offered.round.slug


def facts(offered: Offered) -> dict[str, Any]:
    """Return what templates of resident pages show around their content."""
    language = current_language()
    community = offered.community
    return {
        "offered": offered,
        "round": offered.round,
        "document": offered.document,
        "community": community,
        "survey": title_in(offered, language.code),
        "languages": offered.languages,
        "map_address": _map_address(offered),
        "help": help_line(community, language.code),
    }


def _map_address(offered: Offered) -> str:
    if not offered.has_map:
        return ""
    if offered.is_preview:
        return url_for("rounds.preview_map", community=offered.community.slug)
    return url_for("places.area_map", slug=offered.round.slug)


def help_line(community: Community, language: str) -> Markup:
    """Return the telephone and when it is answered; a number is never turned round."""
    phone, hours = community.contact_phone, community.contact_hours.get(language, "")
    parts = [Markup('<bdi dir="ltr">{}</bdi>').format(phone)] if phone else []
    parts += [Markup("<bdi>{}</bdi>").format(hours)] if hours else []
    return Markup(" · ").join(parts)


def render(template: str, offered: Offered, **values: Any) -> str:
    """Render a page of a round for one person."""
    return render_template(f"responses/{template}.html", **facts(offered), **values)


def shared(
    template: str,
    offered: Offered,
    key: object,
    values: Callable[[], dict[str, Any]] = dict,
) -> RenderedPage:
    """Return a page of a round that is the same for everybody, rendered once."""
    return offered.page(
        (template, current_language().code, key),
        lambda: render_for_all(f"responses/{template}.html", **facts(offered), **values()),
    )


def speaks(offered: Offered, language: Language) -> bool:
    """Say whether the round is offered in a language."""
    return language.code in offered.round.languages


def to_start(offered: Offered) -> Response:
    """Send back to the first page of the round, which tells how things stand."""
    return redirect(url_for("landing.start", slug=offered.round.slug), code=303)
