"""The page of a questionnaire's rounds side by side."""

from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.communities.permissions import Permission, requires
from engage.communities.queries import areas
from engage.i18n.current import current_language, interface_language
from engage.questionnaires.queries import questionnaire as find_questionnaire
from engage.responses.models import Round
from engage.results.cache import made_once, program_digest
from engage.results.disclosure import Policy, policy_for
from engage.results.editions import shown_table
from engage.results.looking import Wanted
from engage.results.over_time import OverTime, over_time, round_blocks
from engage.results.pictures import file_response, trend_file
from engage.results.queries import opened_rounds
from engage.results.small_areas import small_areas
from engage.results.table.engine import reading
from engage.results.table.store import ResponseTable, table_folder
from engage.results.wording import Reader
from engage.web.pages import page_blueprint

blueprint = page_blueprint("over_time", __name__)


class Found(NamedTuple):
    """One round, how its results are disclosed, and its answers."""

    round: Round
    policy: Policy
    table: ResponseTable


@blueprint.get("/c/<community>/questionnaires/<key>/over-time")
@requires(Permission.VIEW_RESULTS)
def rounds_side_by_side(community: Community, key: str) -> ResponseReturnValue:
    """Show every question over the rounds that asked it; made once while nothing changes."""
    with ExitStack() as opened:
        found = _found(community, key, opened)
        newest = found[-1].round
        state = " ".join(
            f"{one.round.id} {one.round.name} {one.policy} {one.table.state}" for one in found
        )
        asked = (
            request.path,
            interface_language().code,
            program_digest(current_app.config["ROOT_FOLDER"]),
            sorted(small_areas(areas(community))),
        )
        folder = table_folder(_home(), newest.id) / "over-time"
        html = made_once(folder, state, repr(asked), lambda: _told(found))
    return render_template(
        "results/over_time.html",
        community=community,
        newest=newest,
        rounds=len(found),
        told=Markup(html),  # noqa: S704 - rendered by our own template
    )


@blueprint.get("/c/<community>/questionnaires/<key>/over-time/<question>.<any(svg, png):kind>")
@requires(Permission.VIEW_RESULTS)
def chart(community: Community, key: str, question: str, kind: str) -> ResponseReturnValue:
    """Send the chart of one question over the rounds as a file."""
    with ExitStack() as opened:
        found = _found(community, key, opened)
        reader, questions = _questions(found)
    told = next((one for one in questions if one.key == question and one.chart), None)
    if told is None:
        abort(404)
    return file_response(trend_file(told, reader), f"{key}-{question}-{reader.language}", kind)


def _home() -> Path:
    home: Path = current_app.config["INSTANCE_FOLDER"]
    return home


def _found(community: Community, key: str, opened: ExitStack) -> list[Found]:
    """Return the opened rounds of a questionnaire with their answers, the oldest first."""
    questionnaire = find_questionnaire(community, key)
    rounds = opened_rounds(questionnaire.id) if questionnaire else []
    if not rounds:
        abort(404)
    policies = [policy_for(one.k, one.profile) for one in rounds]
    return [
        Found(one, policy, opened.enter_context(shown_table(one, _home(), policy.k)))
        for one, policy in zip(rounds, policies, strict=True)
    ]


def _told(found: list[Found]) -> str:
    questionnaire = found[-1].round.questionnaire
    _reader_of, questions = _questions(found)
    return render_template(
        "results/_over_time.html",
        questions=questions,
        community=found[-1].round.community,
        key=questionnaire.key,
    )


def _questions(found: list[Found]) -> tuple[Reader, list[OverTime]]:
    reader = _reader(found[-1].round)
    told = [
        round_blocks(
            plain_text(one.round.name, one.round.languages),
            one.table,
            reading(_home()),
            Wanted(reader, one.policy, closed_areas=small_areas(areas(one.round.community))),
        )
        for one in found
    ]
    return reader, over_time(told, is_rtl=reader.is_rtl)


def _reader(newest: Round) -> Reader:
    order = (*newest.version.document.languages, *newest.languages)
    is_rtl = interface_language().direction == "rtl"
    return Reader(current_language().code, tuple(dict.fromkeys(order)), is_rtl)
