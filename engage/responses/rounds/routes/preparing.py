"""Rounds: listed, prepared, changed, and the page of one."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Field

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.communities.permissions import Permission, requires
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.i18n.languages import Language, languages_for
from engage.questionnaires.checking import languages_complete
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.queries import last_version, published_versions
from engage.questionnaires.refusals import Refused
from engage.responses.models import Round
from engage.responses.rounds.actions import change_round, create_round
from engage.responses.rounds.banding import about, about_people
from engage.responses.rounds.forms import MODES, PROFILES, RoundForm, VersionForm, round_form
from engage.responses.rounds.preflight import preflight, red
from engage.responses.rounds.queries import (
    answer_count,
    languages_of,
    median_minutes,
    previewed_languages,
    takes_other_time,
    yes_counts,
)
from engage.responses.rounds.queries import rounds as list_rounds
from engage.responses.rounds.routes.pages import (
    blueprint,
    found_or_404,
    local,
    name_of,
    now,
    public_address,
    to_round,
)
from engage.responses.rounds.times import to_utc


@blueprint.get("/c/<community>/rounds")
@requires(Permission.VIEW_COMMUNITY)
def index(community: Community) -> ResponseReturnValue:
    """List the rounds, newest first."""
    moment = now()
    listed = [
        (one, name_of(one), one.state(moment), local(one, one.opens_at), local(one, one.closes_at))
        for one in list_rounds(community)
    ]
    return render_template("responses/rounds/index.html", community=community, rounds=listed)


@blueprint.route("/c/<community>/rounds/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def new(community: Community) -> ResponseReturnValue:
    """Prepare a round: first the version, then everything about the round."""
    versions = {str(one.id): one for one in published_versions(community)}
    chosen = versions.get(request.args.get("version", ""))
    if chosen is None:
        choices = [(key, _version_name(one)) for key, one in versions.items()]
        return render_template(
            "responses/rounds/choose_version.html",
            community=community,
            form=VersionForm(versions=choices),
        )
    form = _form(chosen, community.default_language, _defaults(chosen, community))
    if form.validate_on_submit():
        try:
            values = _values(form, community.time_zone)
            made = create_round(community, chosen, now=now(), who=person(), **values)
        except Refused as refused:
            db.session.rollback()
            show(form, refused)
        else:
            return to_round(made, s_("The round is prepared. Go through the list below."))
    return render_template(
        "responses/rounds/edit.html",
        community=community,
        form=form,
        heading=s_("Prepare a round"),
        version=chosen,
        above=_version_name(chosen),
        round=None,
    )


def _version_name(version: QuestionnaireVersion) -> str:
    document = version.document
    title = plain_text(document.title, document.languages) or version.questionnaire.key
    return s_("%(title)s, version %(number)s", title=title, number=version.number)


def _form(version: QuestionnaireVersion, preferred: str, data: Mapping[str, Any]) -> RoundForm:
    whole = _whole(version)
    codes = [one.code for one in whole]
    source = preferred if preferred in codes else next(iter(codes), "")
    return round_form(version.document, whole, source, data)


def _whole(version: QuestionnaireVersion) -> list[Language]:
    return languages_for(languages_complete(version.document))


def _defaults(version: QuestionnaireVersion, community: Community) -> Mapping[str, Any]:
    document = version.document
    ready = [code for code in languages_complete(document) if code in community.languages]
    names = {f"name_{code}": words for code, words in document.title.items()}
    plain = {"mode": "anonymous", "profile": "standard", "basis": "public_task", "k": 5}
    return {**plain, "languages": ready or languages_complete(document), **names}


def _values(form: RoundForm, zone: str) -> dict[str, Any]:
    """Return what the form says as the values of a round; times become moments."""
    values: dict[str, Any] = {
        "name": form.text("name"),
        "languages": [c.value for c in form.languages.choices if c.value in form.languages.data],
        "results_on": form.results_on.data,
        "retention": form.retention.data or "",
        "kept_until": form.kept_until.data,
    }
    for name in ("slug", "mode", "profile", "basis", "k"):
        if name in form:
            values[name] = form[name].data
    if "opens_at" in form:
        values["opens_at"] = to_utc(form.opens_at.data, zone, field="opens_at")
        closes = form.closes_at.data
        values["closes_at"] = to_utc(closes, zone, late=True, field="closes_at") if closes else None
    return values


def show(form: RoundForm, refused: Refused) -> None:
    """Put the reason why something cannot be at the field it belongs to."""
    if refused.field in form:
        field: Field = form[refused.field]
        field.errors = [refused.message]
    else:
        form.form_errors = [refused.message]


@blueprint.get("/c/<community>/rounds/<slug>")
@requires(Permission.VIEW_COMMUNITY)
def round_page(community: Community, slug: str) -> ResponseReturnValue:
    """Show a round: how it stands, what keeps it from opening, what can be done."""
    found, moment = found_or_404(community, slug), now()
    state = found.state(moment)
    newest = last_version(found.questionnaire)
    checks = preflight(found, moment) if state == "preparing" else []
    minutes = median_minutes(found)
    return render_template(
        "responses/rounds/round.html",
        community=community,
        round=found,
        name=name_of(found),
        state=state,
        checks=checks,
        can_open=not red(checks),
        opens=local(found, found.opens_at),
        closes=local(found, found.closes_at),
        languages=languages_of(found),
        seen=previewed_languages(found),
        address=public_address(found),
        answers=about(answer_count(found), found.k),
        newer=newest if newest and newest.number > found.version.number else None,
        yeses=[(one, about_people(one.given, found.k)) for one in yes_counts(found)],
        minutes=minutes,
        takes_other_time=takes_other_time(found, minutes),
        modes=MODES,
        profiles=PROFILES,
    )


@blueprint.route("/c/<community>/rounds/<slug>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def edit(community: Community, slug: str) -> ResponseReturnValue:
    """Change a round; after opening, only what was not promised to residents."""
    found = found_or_404(community, slug, to_change=request.method == "POST")
    form = _form(found.version, community.default_language, _data(found))
    if found.opened_at is not None:
        form.keep_promises()
    if form.validate_on_submit():
        try:
            values = _values(form, community.time_zone)
            change_round(found, now=now(), who=person(), **values)
        except Refused as refused:
            db.session.rollback()
            show(form, refused)
        else:
            return to_round(found, s_("Saved"))
    return render_template(
        "responses/rounds/edit.html",
        community=community,
        form=form,
        heading=s_("Change the round"),
        version=found.version,
        above=name_of(found),
        round=found,
    )


def _data(found: Round) -> Mapping[str, Any]:
    plain = ("slug", "mode", "profile", "basis", "k", "languages")
    days = ("results_on", "retention", "kept_until")
    return {
        **{name: getattr(found, name) for name in (*plain, *days)},
        **{f"name_{code}": words for code, words in found.name.items()},
        "opens_at": local(found, found.opens_at),
        "closes_at": local(found, found.closes_at),
        "english_buttons": True,
    }
