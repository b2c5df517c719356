"""Changes of results: texts released, sentences written, names to mask, what all may read."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.communities.models import Community
from engage.extensions import db
from engage.responses.models import Response, Round
from engage.results.models import NamesToMask, TextRelease, WrittenFinding
from engage.results.texts import TextPlace, digest_of, text_at

log = structlog.get_logger()


def decide_text(
    round_: Round, place: TextPlace, *, release: bool, who: User, now: datetime
) -> TextRelease | None:
    """Release a text as it is now, or withhold it; None if there is none at this place."""
    response = db.session.get(Response, place.response_id)
    text = text_at(response, place) if response and response.round_id == round_.id else ""
    if not text:
        return None
    decision = db.session.get(TextRelease, place.key)
    if decision is None:
        decision = TextRelease(
            response_id=place.response_id,
            question=place.question,
            part=place.part,
            entry=place.entry,
            round_id=round_.id,
        )
        db.session.add(decision)
    decision.text_digest = digest_of(text)
    decision.is_released = release
    decision.decided_by = who.id
    decision.decided_at = now
    action, slug = "text_released" if release else "text_withheld", round_.community.slug
    record(who, action, round_.slug, {"question": place.question}, now, community=slug)
    log.info("text decided on", round=round_.slug, question=place.question, released=release)
    return decision


def keep_names_to_mask(
    community: Community, names: Sequence[str], *, who: User, now: datetime
) -> None:
    """Put a list of names in place of the one before; the log says how many and never which."""
    wanted = sorted(dict.fromkeys(names))
    kept = db.session.get(NamesToMask, community.id)
    if kept is None:
        kept = NamesToMask(community_id=community.id, names=[])
        db.session.add(kept)
    if kept.names == wanted:
        return
    kept.names = wanted
    details = {"names": len(wanted)}
    record(who, "names_to_mask_changed", community.slug, details, now, community=community.slug)
    log.info("names to mask changed", community=community.slug, names=len(wanted))


def write_finding(
    round_: Round, question: str, words: Mapping[str, str], *, who: User, now: datetime
) -> None:
    """Put a sentence of staff above the figures of a question; an empty one is taken away."""
    wanted = {language: text for language, text in words.items() if text}
    found = db.session.get(WrittenFinding, (round_.id, question))
    if (found.words if found else {}) == wanted:
        return
    if found is not None and not wanted:
        db.session.delete(found)
    else:
        if found is None:
            found = WrittenFinding(round_id=round_.id, question=question)
            db.session.add(found)
        found.words, found.written_on = wanted, now.date()
    details = {"question": question, "languages": sorted(wanted)}
    record(who, "finding_written", round_.slug, details, now, community=round_.community.slug)
    log.info("finding written", round=round_.slug, question=question, languages=len(wanted))


def show_publicly(
    round_: Round, questions: Sequence[str], *, who: User | None, now: datetime
) -> None:
    """Let everybody read the results of these questions and of no others."""
    before = set(round_.public_questions)
    if before == set(questions):
        return
    round_.public_questions = list(questions)
    details = {
        "shown": sorted(set(questions) - before),
        "taken_back": sorted(before - set(questions)),
    }
    record(who, "results_shown", round_.slug, details, now, community=round_.community.slug)
    log.info("public results chosen", round=round_.slug, questions=len(questions))
