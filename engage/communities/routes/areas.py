"""The areas of a community: their map and list, put in from a file, named in every language."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.accounts.fields import language_options, options
from engage.communities.actions.areas import (
    AreaChange,
    move_area,
    planned_change,
    replace_areas,
    update_area,
)
from engage.communities.area_files import FileOfAreas, choice_of, guess, reduced
from engage.communities.area_map import area_paths
from engage.communities.forms import (
    AreaChoiceForm,
    AreaFileForm,
    AreaForm,
    text_values,
    with_texts,
)
from engage.communities.geojson import GeoJsonError, named_areas, read_features
from engage.communities.geojson_words import problem_words
from engage.communities.models import Area, Community
from engage.communities.permissions import Permission, requires
from engage.communities.queries import area as find_area
from engage.communities.queries import areas as list_areas
from engage.communities.routes.pages import blueprint
from engage.extensions import db
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.languages import languages_for
from engage.web.messages import tell

_TEXTS = {"name": s_lazy("Name in %(language)s")}


@blueprint.get("/c/<community>/areas")
@requires(Permission.VIEW_COMMUNITY)
def areas(community: Community) -> ResponseReturnValue:
    """Show the areas as a map and as a list."""
    found = list_areas(community)
    return render_template(
        "communities/areas.html", community=community, areas=found, map=area_paths(found)
    )


@blueprint.route("/c/<community>/areas/upload", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMUNITY)
def upload_areas(community: Community) -> ResponseReturnValue:
    """Take a file, and show what it would do."""
    form = AreaFileForm()
    if form.validate_on_submit():
        try:
            file = reduced(read_features(form.file.data.read()))
        except GeoJsonError as error:
            form.file.errors = problem_words(error.problems)
        else:
            choice = _choice_form(community, file)
            choice.process(data={**guess(file), "language": community.default_language})
            choice.document.data = file.document
            return _check(community, file, choice)
    return render_template("communities/upload_areas.html", community=community, form=form)


@blueprint.route("/c/<community>/areas/check", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMUNITY)
def check_areas(community: Community) -> ResponseReturnValue:
    """Show again what a file would do, with other properties, or put its areas in."""
    if request.method == "GET":
        return redirect(url_for("communities.upload_areas", community=community.slug), code=303)
    try:
        features = read_features(request.form.get("document", "").encode("utf-8", "replace"))
        file = reduced(features)
    except GeoJsonError:
        abort(400)
    form = _choice_form(community, file)
    if not form.validate_on_submit() or "look" in request.form:
        return _check(community, file, form)
    try:
        drawn = named_areas(file.features, *choice_of(form.data))
    except GeoJsonError as error:
        form.key.errors = problem_words(error.problems)
        return _check(community, file, form)
    replace_areas(community, drawn, form.language.data, who=person(), now=datetime.now(UTC))
    db.session.commit()
    tell(s_("The areas are in place."))
    return redirect(url_for("communities.areas", community=community.slug), code=303)


@blueprint.route("/c/<community>/areas/<key>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMUNITY)
def area(community: Community, key: str) -> ResponseReturnValue:
    """Name an area in every language, and say how many live there."""
    found = _area(community, key)
    languages = languages_for(community.languages)
    made = with_texts(AreaForm, _TEXTS, languages, community.default_language)
    form = made(data={**text_values("name", found.name), "population": found.population})
    if form.validate_on_submit():
        name = {**found.name, **{f.name.removeprefix("name_"): f.data for f in form.texts("name")}}
        update_area(
            community,
            found,
            name={code: words for code, words in name.items() if words},
            population=form.population.data,
            who=person(),
            now=datetime.now(UTC),
        )
        db.session.commit()
        tell(s_("Saved"))
        return redirect(url_for("communities.areas", community=community.slug), code=303)
    order = [one.key for one in list_areas(community)]
    return render_template(
        "communities/area.html",
        community=community,
        form=form,
        area=found,
        place=order.index(key) + 1,
        count=len(order),
    )


@blueprint.post("/c/<community>/areas/<key>/move")
@requires(Permission.MANAGE_COMMUNITY)
def move(community: Community, key: str) -> ResponseReturnValue:
    """Move an area one place up or down in the list."""
    found = _area(community, key)
    step = {"up": -1, "down": 1}.get(request.form.get("direction", ""))
    if step is None:
        abort(400)
    move_area(community, found, step)
    db.session.commit()
    return redirect(url_for("communities.area", community=community.slug, key=key), code=303)


def _area(community: Community, key: str) -> Area:
    found = find_area(community, key)
    if found is None:
        abort(404)
    return found


def _choice_form(community: Community, file: FileOfAreas) -> AreaChoiceForm:
    form = AreaChoiceForm()
    languages = languages_for(community.languages)
    numbers = [("", s_("Not in the file")), *((name, name) for name in file.numbers)]
    form.key.choices = options((name, name) for name in file.keys)
    form.name.choices = options((name, name) for name in file.names)
    form.population.choices = options(numbers)
    form.language.choices = language_options(languages)
    return form


def _check(community: Community, file: FileOfAreas, form: AreaChoiceForm) -> ResponseReturnValue:
    """Show the areas of a file as they would be."""
    drawn, change = [], AreaChange([], [], [])
    try:
        drawn = named_areas(file.features, *choice_of(form.data))
        change = planned_change(community, drawn)
    except GeoJsonError as error:
        form.key.errors = problem_words(error.problems)
    return render_template(
        "communities/check_areas.html",
        community=community,
        form=form,
        areas=drawn,
        change=change,
        map=area_paths(file.drawable(drawn, form.language.data)),
    )
