"""Results everybody may read: the page of a closed round, and where staff choose what is on it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask import (
    abort,
    current_app,
    get_template_attribute,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engage.accounts.current import person
from engage.communities.area_map import area_paths
from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.communities.permissions import Permission, requires
from engage.communities.queries import areas
from engage.extensions import db
from engage.i18n.current import current_language, use_language
from engage.i18n.gettext import s_
from engage.responses.meeting import facts, now, round_or_404
from engage.responses.models import Round
from engage.responses.offered import Offered
from engage.responses.rounds.queries import round_in
from engage.results.actions import show_publicly
from engage.results.cache import program_digest
from engage.results.forms import PublicForm
from engage.results.looking import Wanted
from engage.results.page import Block, ResultsPage, results_page
from engage.results.pictures import chart_file, file_response
from engage.results.public_page import (
    Kept,
    made_or_kept,
    names_any,
    outside_policy,
    publishable,
)
from engage.results.queries import collection_days, written_findings
from engage.results.small_areas import LEAST_RESIDENTS, areas_not_for_everybody
from engage.results.summaries.base import Asked
from engage.results.table.engine import reading
from engage.results.table.store import ResponseTable, response_table
from engage.results.wording import Reader, base_words, own_words
from engage.web.access import public
from engage.web.bytes import render_for_all
from engage.web.messages import tell
from engage.web.pages import page_blueprint
from engage.web.rendering import site_languages

blueprint = page_blueprint("public_results", __name__)
#: Where a sentence of staff goes in what is kept of a question.
_PLACE = re.compile(r"<!--written-(.+?)-->")


def _home() -> Path:
    home: Path = current_app.config["INSTANCE_FOLDER"]
    return home


@blueprint.get("/r/<slug>/results")
@public
def page(slug: str) -> ResponseReturnValue:
    """Show what staff chose to show to everybody; made once, after the round has closed."""
    offered = round_or_404(slug)
    if not offered.round.public_questions or current_language() not in site_languages():
        abort(404)
    return _shown(offered, _told_of(offered.round) if _is_over(offered.round) else None)


@blueprint.get("/r/<slug>/results/<key>.<any(svg, png):kind>")
@public
def chart(slug: str, key: str, kind: str) -> ResponseReturnValue:
    """Send the chart of a question that everybody may read, as a file."""
    offered = round_or_404(slug)
    if key not in offered.round.public_questions or not _is_over(offered.round):
        abort(404)
    code = current_language().code
    picture = _told_of(offered.round).charts.get(code, {}).get(key)
    if picture is None:
        abort(404)
    return file_response(picture, f"{slug}-{key}-{code}", kind)


def _is_over(found: Round) -> bool:
    moment = now()
    return found.state(moment) == "closed" and not found.takes_answers(moment)


def _shown(offered: Offered, kept: Kept | None) -> ResponseReturnValue:
    """Answer with bytes made once for this choice of questions."""
    code, chosen = current_language().code, offered.round.public_questions
    top, blocks = kept.chosen(code, chosen) if kept else ("", [])
    blocks = _with_own_words(offered.round, code, blocks)
    closed = sorted(areas_not_for_everybody(areas(offered.community))) if kept else []
    made = offered.page(
        ("results", code, top, *blocks, *closed),
        lambda: render_for_all(
            "results/public.html",
            **{**facts(offered), "languages": site_languages()},
            is_closed=kept is not None,
            top=Markup(top),  # noqa: S704 - rendered by our own template
            blocks=[Markup(html) for html in blocks],  # noqa: S704
            policy=outside_policy(offered.round.k),
            hides_areas=bool(closed),
            least_residents=LEAST_RESIDENTS,
        ),
    )
    return made.respond(request)


def _with_own_words(found: Round, language: str, blocks: Sequence[str]) -> list[str]:
    """Put the sentences of staff where the blocks keep a place for them: those are kept as made."""
    written = own_words(written_findings(found.id), language)
    put = get_template_attribute("results/_written.html", "written_finding")

    def fill(place: re.Match[str]) -> str:
        return str(put(written[place[1]])) if place[1] in written else ""

    return [_PLACE.sub(fill, block) for block in blocks]


def _told_of(found: Round) -> Kept:
    policy = outside_policy(found.k)
    offered = ",".join(language.code for language in site_languages())
    closed = sorted(areas_not_for_everybody(areas(found.community)))
    program = f"{program_digest(current_app.config['ROOT_FOLDER'])} {offered} {closed}"
    days = collection_days(db.session(), found.id)
    make = partial(_made, found, program)
    return made_or_kept(_home(), found.id, days, program, policy, make)


def _made(found: Round, program: str) -> Kept:
    """Tell every question in every language from one and the same state of the answers."""
    tops: dict[str, str] = {}
    blocks: dict[str, dict[str, str]] = {}
    charts: dict[str, dict[str, str]] = {}
    with response_table(found, _home()) as table:
        may_be_shown = {one.question.key for one in publishable(table.layout)}
        for language in site_languages():
            with use_language(language.code):
                code = language.code
                tops[code], told = _in_language(found, table, may_be_shown)
                blocks[code] = {block.key: _rendered(found, block) for block in told}
                files = {block.key: chart_file(block, _reader(found)) for block in told}
                charts[code] = {key: file for key, file in files.items() if file}
        return Kept(table.parts.days, program, tops, blocks, charts)


def _reader(found: Round) -> Reader:
    language = current_language()
    order = (*found.version.document.languages, *found.languages)
    return Reader(language.code, tuple(dict.fromkeys(order)), language.direction == "rtl")


def _rendered(found: Round, block: Block) -> str:
    return render_template(
        "results/_public_block.html",
        block=replace(block, has_words=False),
        round=found,
        base_words=base_words,
        reader_autonym=current_language().autonym,
    )


def _in_language(
    found: Round, table: ResponseTable, may_be_shown: set[str]
) -> tuple[str, list[Block]]:
    """Return the top of the page and every question that may be shown."""
    known = areas(found.community)
    wanted = Wanted(
        _reader(found),
        outside_policy(found.k),
        areas=area_paths(known),
        closed_areas=areas_not_for_everybody(known),
    )
    first = results_page(table, reading(_home()), wanted)
    pages = [first, *_further(table, wanted, first.pages)]
    return first.overview.sentence, [
        block for one in pages for block in one.blocks if block.key in may_be_shown
    ]


def _further(table: ResponseTable, wanted: Wanted, pages: int) -> Iterator[ResultsPage]:
    for number in range(2, pages + 1):
        yield results_page(table, reading(_home()), replace(wanted, number=number))


@blueprint.get("/c/<community>/rounds/<round>/results/public")
@requires(Permission.MANAGE_ROUNDS)
def choose(community: Community, round: str) -> ResponseReturnValue:
    """Show which questions everybody may read, and let staff change it."""
    found = _own_round_or_404(community, round)
    return _choosing(found, PublicForm(questions=found.public_questions))


@blueprint.post("/c/<community>/rounds/<round>/results/public")
@requires(Permission.MANAGE_ROUNDS)
def choose_done(community: Community, round: str) -> ResponseReturnValue:
    """Switch the questions on and off for everybody."""
    found = _own_round_or_404(community, round, to_change=True)
    form = PublicForm()
    allowed = [one.question.key for one in _offered_questions(found)]
    if not form.validate() or set(form.questions.data or []) - set(allowed):
        abort(400)
    wanted = [key for key in allowed if key in (form.questions.data or [])]
    show_publicly(found, wanted, who=person(), now=datetime.now(UTC))
    db.session.commit()
    tell(s_("Saved. Everybody can read the chosen results when the round has closed."))
    address = url_for("public_results.choose", community=community.slug, round=found.slug)
    return redirect(address, code=303)


def _choosing(found: Round, form: PublicForm) -> str:
    reader = Reader(current_language().code, tuple(found.languages))
    closed = areas_not_for_everybody(areas(found.community))
    return render_template(
        "results/choose_public.html",
        community=found.community,
        round=found,
        name=plain_text(found.name, found.languages),
        form=form,
        questions=[
            (
                one.question.key,
                reader.label(one.question.label, key=one.question.key),
                names_any(one, closed),
            )
            for one in _offered_questions(found)
        ],
        policy=outside_policy(found.k),
        state=found.state(now()),
    )


def _offered_questions(found: Round) -> list[Asked]:
    with response_table(found, _home()) as table:
        return publishable(table.layout)


def _own_round_or_404(community: Community, slug: str, *, to_change: bool = False) -> Round:
    found = round_in(community, slug, to_change=to_change)
    if found is None or found.opened_at is None:
        abort(404)
    return found
