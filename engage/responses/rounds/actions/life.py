"""A round from opening to closing: previewed, opened, moved to a newer version, closed."""

from datetime import datetime

import structlog

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.extensions import db
from engage.i18n.gettext import s_lazy
from engage.questionnaires.changes import differences
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.refusals import Refused
from engage.responses.models import UNDO_CLOSING, Round
from engage.responses.rounds.banding import about_in_signs
from engage.responses.rounds.models import RoundPreview
from engage.responses.rounds.preflight import Check, preflight, red
from engage.responses.rounds.queries import answer_count, previewed_languages

log = structlog.get_logger()


class NotCleared(Refused):
    """Lines of the list before opening are red."""

    def __init__(self, checks: list[Check]) -> None:
        super().__init__(s_lazy("The round cannot be opened until every line is green."))
        self.checks = checks

    def __str__(self) -> str:
        return "; ".join(f"{check.name}: {check.advice}" for check in self.checks)


def note_preview(found: Round, language: str, *, now: datetime, who: User | None) -> None:
    """Remember that somebody looked at the preview in this language."""
    if language not in found.languages or language in previewed_languages(found):
        return
    db.session.add(
        RoundPreview(
            round_id=found.id,
            version_id=found.version_id,
            language=language,
            seen_on=now.date(),
            seen_by=who.id if who else None,
        )
    )
    db.session.flush()
    log.info("preview seen", round=found.slug, language=language)


#: Lines that somebody at the command line may open a trial round in spite of.
MAY_WAIT = frozenset({"contact", "information", "named", "retention"})


def open_round(
    found: Round,
    *,
    now: datetime,
    who: User | None,
    vouched: bool = False,
    despite: frozenset[str] = frozenset(),
) -> None:
    """Open for good; raises NotCleared while a line of the list is red.

    `vouched` and `despite` are for commands and examples: nobody looks at a preview there, and a
    trial may do without a contact. What protects people is checked all the same.
    """
    if found.opened_at is not None:
        return
    if vouched:
        for language in found.languages:
            note_preview(found, language, now=now, who=who)
    lines = [line for line in red(preflight(found, now)) if line.name not in despite & MAY_WAIT]
    if lines:
        raise NotCleared(lines)
    found.opened_at = now
    db.session.flush()
    details = {"mode": found.mode, "k": found.k, "profile": found.profile, "basis": found.basis}
    record(who, "round_opened", found.slug, details, now, community=found.community.slug)
    log.info("round opened", round=found.slug, mode=found.mode)


def close_round(found: Round, *, now: datetime, who: User | None) -> None:
    """Close now; those who are answering can still send for a little while."""
    if found.state(now) not in {"open", "waiting"}:
        return
    found.closes_at = max(now, found.opens_at)
    details = {"answers": about_in_signs(answer_count(found), found.k)}
    record(who, "round_closed", found.slug, details, now, community=found.community.slug)
    log.info("round closed", round=found.slug)


def move_closing(
    found: Round, closes_at: datetime | None, *, now: datetime, who: User | None
) -> None:
    """Let a round close earlier or later, or reopen one that closed a few days ago."""
    if closes_at is not None and closes_at <= max(now, found.opens_at):
        raise Refused(s_lazy("Choose a time to come, after the opening."), field="closes_at")
    if (
        found.state(now) == "closed"
        and found.closes_at is not None
        and now > found.closes_at + UNDO_CLOSING
    ):
        raise Refused(
            s_lazy("The round closed more than 7 days ago. Prepare a new round."),
            field="closes_at",
        )
    found.closes_at = closes_at
    details = {"closes_at": closes_at.isoformat() if closes_at else None}
    record(who, "closing_moved", found.slug, details, now, community=found.community.slug)
    log.info("closing moved", round=found.slug)


def move_to_version(
    found: Round, version: QuestionnaireVersion, *, now: datetime, who: User | None
) -> None:
    """Go on with a newer version that takes nothing away; raises Refused otherwise (S-04)."""
    if version.questionnaire_id != found.questionnaire_id or version.number <= found.version.number:
        raise Refused(s_lazy("Choose a newer version of the same questionnaire."), field="version")
    if found.opened_at is not None:
        _keep_what_was_asked(found, version)
    before = found.version
    with db.session.no_autoflush:
        found.version = version
        lines = [check for check in red(preflight(found, now)) if check.name in _OF_VERSION]
        if found.opened_at is not None and lines:
            found.version = before
            raise NotCleared(lines)
    db.session.flush()
    details = {"version": version.number}
    record(who, "round_moved", found.slug, details, now, community=found.community.slug)
    log.info("round moved to version", round=found.slug, version=version.number)


#: The lines of the list that an open round's new version has to meet by itself.
_OF_VERSION = {"questionnaire", "languages", "reviewed", "information"}


def _keep_what_was_asked(found: Round, version: QuestionnaireVersion) -> None:
    changes = differences(found.version.document, version.document)
    lost = [change for change in changes if change.takes_away or change.kind == "breaking"]
    if lost:
        raise Refused(
            s_lazy(
                "The round is open, and this version takes away what people have answered: "
                "%(place)s. Prepare a new round for it.",
                place=lost[0].place,
            ),
            field="version",
        )
