"""Pages of results: a round's questions, what people wrote, and the decisions about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engage.accounts.current import person
from engage.communities.area_map import area_paths
from engage.communities.models import Area, Community
from engage.communities.naming import plain_text
from engage.communities.permissions import Permission, may, requires
from engage.communities.queries import areas
from engage.extensions import db
from engage.i18n.current import current_language, interface_language
from engage.i18n.gettext import s_
from engage.i18n.languages import languages_for
from engage.responses.models import Round
from engage.responses.rounds.queries import round_in
from engage.results.actions import decide_text
from engage.results.cache import made_once, program_digest
from engage.results.disclosure import Policy, Total, disclose, policy_for
from engage.results.editions import shown_table
from engage.results.forms import DecideForm
from engage.results.looking import Wanted
from engage.results.masking import Piece, pieces
from engage.results.page import page_of, results_page
from engage.results.pictures import chart_file, file_response
from engage.results.quality import hints_once
from engage.results.queries import has_been_repeated, names_to_mask, written_findings
from engage.results.searching import found_pieces, may_have, search_typed, searched_words
from engage.results.small_areas import small_areas
from engage.results.table.engine import reading
from engage.results.table.store import ResponseTable, response_table, table_folder
from engage.results.texts import (
    TextPlace,
    WrittenText,
    released_counts,
    released_texts,
    releases_state,
    texts_with_decisions,
    word_columns,
)
from engage.results.weighted import Weighting
from engage.results.weighting import weighting_for
from engage.results.wording import Reader, base_words, own_words, small_areas_words
from engage.web.messages import tell
from engage.web.pages import page_blueprint

blueprint = page_blueprint("results", __name__, "/c/<community>/rounds/<round>/results")
_TEXTS_A_PAGE = 10
_LAST_PAGE = 1_000_000
_STATES = {"waiting": None, "released": True, "withheld": False}


def _home() -> Path:
    home: Path = current_app.config["INSTANCE_FOLDER"]
    return home


def _round_or_404(community: Community, slug: str) -> Round:
    found = round_in(community, slug)
    if found is None or found.opened_at is None:
        abort(404)
    return found


def _reader(round_: Round) -> Reader:
    """Return the reader: questions in the language asked for, else in that of the page."""
    wanted = request.args.get("words", "")
    language = wanted if wanted in round_.languages else current_language().code
    own = interface_language()
    order = (*round_.version.document.languages, *round_.languages)
    return Reader(language, tuple(dict.fromkeys(order)), own.direction == "rtl")


def _chosen() -> tuple[str, str] | None:
    """Return the group that is asked for, as (column, value): `by=gender=woman` in one field."""
    column, separator, value = request.args.get("group", "").partition("=")
    return (column, value) if separator and value else None


def _wanted(found: Round, reader: Reader, number: int, drawn: Sequence[Area]) -> Wanted:
    """Return what is asked for in the address."""
    return Wanted(
        reader,
        policy_for(found.k, found.profile),
        number,
        _chosen(),
        area_paths(drawn),
        request.args.get("within", ""),
        found.is_closed_for_good(datetime.now(UTC)),
        small_areas(drawn),
    )


@blueprint.get("")
@requires(Permission.VIEW_RESULTS)
def results(community: Community, round: str) -> ResponseReturnValue:
    """Show what a round says; made once for as long as nothing changes."""
    found = _round_or_404(community, round)
    policy, drawn = policy_for(found.k, found.profile), areas(community)
    with shown_table(found, _home(), policy.k) as table:
        asked = (
            request.full_path,
            found.is_closed_for_good(datetime.now(UTC)),
            interface_language().code,
            _reader(found),
            may(Permission.RELEASE_TEXTS),
            may(Permission.MANAGE_ROUNDS),
            program_digest(current_app.config["ROOT_FOLDER"]),
            [(area.key, area.name, area.geometry) for area in drawn],
            sorted(small_areas(drawn)),
        )
        masked = names_to_mask(community.id)
        weighting = weighting_for(found)
        people = weighting and weighting.people
        said = written_findings(found.id)
        state = f"{table.state} {releases_state(found)} {policy} {masked} {people} {said}"
        make = partial(_told, community, found, table, policy, drawn, weighting)
        html = made_once(table_folder(_home(), found.id), state, repr(asked), make)
    return render_template(
        "results/results.html",
        community=community,
        round=found,
        name=plain_text(found.name, found.languages),
        has_more_rounds=has_been_repeated(found.questionnaire_id),
        results=Markup(html),  # noqa: S704 - rendered by our own template
    )


def _told(
    community: Community,
    found: Round,
    table: ResponseTable,
    policy: Policy,
    drawn: Sequence[Area],
    weighting: Weighting | None,
) -> str:
    """Return all that the page tells, as HTML."""
    reader = _reader(found)
    number = request.args.get("page", 1, type=int)
    closed = small_areas(drawn)
    wanted = replace(_wanted(found, reader, number, drawn), weighting=weighting)
    page = results_page(table, reading(_home()), wanted)
    is_whole = page.number == 1 and page.chosen is None
    folder = table_folder(_home(), found.id)
    wordy, released = [b.key for b in page.blocks if b.has_words], released_counts(found)
    return render_template(
        "results/_results.html",
        page=page,
        policy=policy,
        hides_areas=bool(closed),
        reader=reader,
        reader_autonym=languages_for([reader.language])[0].autonym,
        round=found,
        community=community,
        quotes={key: _quotes(table, found, key) if released.get(key) else [] for key in wordy},
        released=released,
        languages=languages_for(found.languages),
        may_release=may(Permission.RELEASE_TEXTS),
        may_write=may(Permission.MANAGE_ROUNDS),
        written=own_words(written_findings(found.id), reader.language),
        chosen=request.args.get("group", ""),
        within=request.args.get("within", "") or None,
        unfolded=request.args.get("view") == "print",
        base_words=base_words,
        small_areas_words=small_areas_words,
        hints=hints_once(folder, table, reading(_home()), found, policy) if is_whole else None,
        pieces_of=_pieces_of(community),
    )


def _pieces_of(community: Community) -> Callable[[str], list[Piece]]:
    names = names_to_mask(community.id)
    return lambda text: pieces(text, community.country, names)


def _quotes(table: ResponseTable, round_: Round, question: str) -> list[WrittenText]:
    parts = [column.part for column in word_columns(table.layout, question)]
    return released_texts(round_, question, parts, most=5)


@blueprint.get("/charts/<key>.<any(svg, png):kind>")
@requires(Permission.VIEW_RESULTS)
def chart(community: Community, round: str, key: str, kind: str) -> ResponseReturnValue:
    """Send the chart of one question as a file, of everybody or of the group looked at."""
    found = _round_or_404(community, round)
    policy, reader = policy_for(found.k, found.profile), _reader(found)
    with shown_table(found, _home(), policy.k) as table:
        number = page_of(table.layout, key)
        wanted = _wanted(found, reader, number, areas(community))
        blocks = results_page(table, reading(_home()), wanted).blocks
    picture = next((chart_file(one, reader) for one in blocks if one.key == key), None)
    if picture is None:
        abort(404)
    return file_response(picture, f"{found.slug}-{key}-{reader.language}", kind)


@blueprint.get("/texts/<key>")
@requires(Permission.VIEW_RESULTS)
def texts(community: Community, round: str, key: str) -> ResponseReturnValue:
    """Show the released texts of a question; who may release sees those waiting too."""
    found = _round_or_404(community, round)
    policy, reader = policy_for(found.k, found.profile), _reader(found)
    state = request.args.get("state", "waiting" if may(Permission.RELEASE_TEXTS) else "released")
    if state not in _STATES or (state != "released" and not may(Permission.RELEASE_TEXTS)):
        abort(403)
    number = min(max(1, request.args.get("page", 1, type=int)), _LAST_PAGE)
    search = search_typed(request.args.get("q", ""))
    with response_table(found, _home()) as table:
        question = table.layout.newest.questions.get(key)
        if not word_columns(table.layout, key):
            abort(404)
        written: list[tuple[WrittenText, list[Piece]]] = []
        if disclose(Total(table.answers), policy) is not None:
            start = (number - 1) * _TEXTS_A_PAGE
            matching = _matching(table, found, key, state, search)
            written = list(islice(matching, start, start + _TEXTS_A_PAGE + 1))
    return render_template(
        "results/texts.html",
        community=community,
        round=found,
        key=key,
        label=reader.label(question.label if question else {}, key=key),
        reader=reader,
        state=state,
        search=search,
        texts=written[:_TEXTS_A_PAGE],
        number=number,
        has_more=len(written) > _TEXTS_A_PAGE,
        name=plain_text(found.name, found.languages),
        may_release=may(Permission.RELEASE_TEXTS),
    )


def _matching(
    table: ResponseTable, round_: Round, key: str, state: str, search: str
) -> Iterator[tuple[WrittenText, list[Piece]]]:
    """Yield the texts of a question in which all words are that this reader may see."""
    words, pieces_of = searched_words(search), _pieces_of(round_.community)
    sees_all = may(Permission.RELEASE_TEXTS)
    for column in word_columns(table.layout, key):
        for text in texts_with_decisions(table, reading(_home()), round_, column):
            if text.is_released is not _STATES[state] or not may_have(text.text, words):
                continue
            found = found_pieces(pieces_of(text.text), words, sees_all=sees_all)
            if found is not None:
                yield text, found


@blueprint.post("/texts/<key>")
@requires(Permission.RELEASE_TEXTS)
def decide(community: Community, round: str, key: str) -> ResponseReturnValue:
    """Release or withhold one text."""
    found = _round_or_404(community, round)
    form = DecideForm()
    place = _place(key, form.text.data or "")
    if not form.validate() or place is None:
        abort(400)
    release = form.decision.data == "release"
    decided = decide_text(found, place, release=release, who=person(), now=datetime.now(UTC))
    db.session.commit()
    if decided is None:
        tell(s_("This text is gone: the person has changed or deleted it."))
    elif release:
        tell(s_("Released. Everybody who may see results can read it now."))
    else:
        tell(s_("Withheld. Only people who release texts can read it."))
    back = url_for(
        "results.texts",
        community=community.slug,
        round=found.slug,
        key=key,
        state=request.args.get("state", "waiting"),
        q=search_typed(request.args.get("q", "")) or None,
    )
    return redirect(back, code=303)


def _place(question: str, told: str) -> TextPlace | None:
    """Return the place a form names: key of the response, part, entry."""
    pieces_of_it = told.split("|")
    if len(pieces_of_it) != 3:
        return None
    try:
        response_id = bytes.fromhex(pieces_of_it[0])
    except ValueError:
        return None
    return TextPlace(response_id, question, pieces_of_it[1], pieces_of_it[2])
