"""Pages of reach: who has not been reached in a round, and the population figures behind it."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Response, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.communities.permissions import Permission, may, requires
from engage.communities.queries import areas
from engage.extensions import db
from engage.i18n.current import current_language, interface_language
from engage.i18n.gettext import s_
from engage.i18n.languages import languages_for
from engage.responses.rounds.queries import round_in
from engage.results.disclosure import policy_for
from engage.results.editions import shown_table
from engage.results.reach.forms import PopulationForm
from engage.results.reach.page import reach_page, words_of
from engage.results.reach.population import (
    background_of,
    figures_of,
    known_questions,
    replace_figures,
    template_of,
)
from engage.results.reach.population_file import PopulationFileError, read_population
from engage.results.reach.population_words import problem_words
from engage.results.small_areas import small_areas
from engage.results.table.engine import reading
from engage.results.wording import Reader
from engage.web.messages import tell
from engage.web.pages import page_blueprint

blueprint = page_blueprint("reach", __name__)


def _reader(order: list[str]) -> Reader:
    is_rtl = interface_language().direction == "rtl"
    return Reader(interface_language().code, (current_language().code, *order), is_rtl)


@blueprint.get("/c/<community>/rounds/<round>/reach")
@requires(Permission.VIEW_RESULTS)
def reach(community: Community, round: str) -> ResponseReturnValue:
    """Show whom a round has not reached, as far as it has come."""
    found = round_in(community, round)
    if found is None or found.opened_at is None:
        abort(404)
    policy, figures = policy_for(found.k, found.profile), figures_of(community)
    page = None
    if figures is not None:
        home: Path = current_app.config["INSTANCE_FOLDER"]
        with shown_table(found, home, policy.k) as table:
            reader = _reader([*found.languages])
            closed = small_areas(areas(community))
            page = reach_page(table, reading(home), figures.people, policy, reader, closed)
    return render_template(
        "results/reach/reach.html",
        community=community,
        round=found,
        name=plain_text(found.name, found.languages),
        figures=figures,
        page=page,
        policy=policy,
    )


@blueprint.route("/c/<community>/population", methods=["GET"])
@requires(Permission.VIEW_RESULTS)
def population(community: Community) -> ResponseReturnValue:
    """Show the population figures, and to those who may, the way to put in others."""
    return _population(community, PopulationForm())


@blueprint.post("/c/<community>/population")
@requires(Permission.MANAGE_POPULATION)
def put_in(community: Community) -> ResponseReturnValue:
    """Take a file of figures in as a whole, or say what to put right in it."""
    form = PopulationForm()
    if not form.validate():
        return _population(community, form)
    known = known_questions(background_of(community, _reader(community.languages)))
    try:
        people = read_population(form.file.data.read(), known)
    except PopulationFileError as error:
        form.file.errors = problem_words(error.problems)
        return _population(community, form)
    replace_figures(
        community,
        people,
        source=form.source.data or "",
        as_of=form.as_of.data or datetime.now(UTC).date(),
        who=person(),
        now=datetime.now(UTC),
    )
    db.session.commit()
    tell(s_("The population figures are in place."))
    return redirect(url_for("reach.population", community=community.slug), code=303)


@blueprint.get("/c/<community>/population/template.csv")
@requires(Permission.VIEW_RESULTS)
def template(community: Community) -> ResponseReturnValue:
    """Give a file with a line for each group, to fill in."""
    reader, figures = _reader(community.languages), figures_of(community)
    text = template_of(background_of(community, reader), figures.people if figures else {}, reader)
    # With the mark by which spreadsheets know UTF-8.
    answer = Response(f"\ufeff{text}", mimetype="text/csv")
    name = f"population-{community.slug}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _population(community: Community, form: PopulationForm) -> ResponseReturnValue:
    reader = _reader(community.languages)
    background = background_of(community, reader)
    html = render_template(
        "results/reach/population.html",
        community=community,
        form=form,
        figures=figures_of(community),
        background=background,
        words=words_of(background, reader),
        languages=languages_for(community.languages),
        may_change=may(Permission.MANAGE_POPULATION),
    )
    return html, 422 if form.errors else 200
