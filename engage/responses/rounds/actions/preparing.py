"""A round on its way to being opened: made, changed, deleted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import regex
import structlog
from sqlalchemy.exc import IntegrityError

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.communities.models import Community
from engage.extensions import db
from engage.i18n.gettext import s_lazy
from engage.questionnaires.models import QuestionnaireVersion
from engage.questionnaires.refusals import Refused
from engage.responses.models import Round
from engage.responses.rounds.models import FIXED_AT_OPENING
from engage.responses.rounds.preflight import FLOORS
from engage.responses.rounds.queries import is_slug_taken

log = structlog.get_logger()

MODES = ("anonymous", "code")
PROFILES = ("standard", "sensitive", "minors")
BASES = ("public_task", "consent")
_SLUG = regex.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


def create_round(
    community: Community,
    version: QuestionnaireVersion,
    *,
    slug: str,
    name: Mapping[str, str],
    languages: Sequence[str],
    opens_at: datetime,
    now: datetime,
    who: User | None,
    closes_at: datetime | None = None,
    mode: str = "anonymous",
    profile: str = "standard",
    basis: str = "public_task",
    k: int | None = None,
    results_on: date | None = None,
    retention: str = "",
    kept_until: date | None = None,
) -> Round:
    """Prepare a round with this version; raises Refused, naming the field."""
    _check_beginning(community, version, slug)
    promised = {"mode": mode, "profile": profile, "basis": basis, "retention": retention}
    times = {"opens_at": opens_at, "closes_at": closes_at}
    days = {"results_on": results_on, "kept_until": kept_until}
    made = Round(
        community=community,
        questionnaire=version.questionnaire,
        version=version,
        slug=slug,
        name=dict(name),
        languages=list(languages),
        k=FLOORS.get(profile, 5) if k is None else k,
        **promised,
        **{**times, **days},
    )
    with db.session.no_autoflush:
        _check(made)
    _store(made)
    _tell_of(made, now, who)
    return made


def _tell_of(made: Round, now: datetime, who: User | None) -> None:
    details = {"questionnaire": made.questionnaire.key, "version": made.version.number}
    record(who, "round_created", made.slug, details, now, community=made.community.slug)
    log.info("round created", round=made.slug, version=made.version.number)


def _check_beginning(community: Community, version: QuestionnaireVersion, slug: str) -> None:
    """Refuse a version of somebody else, and an address that is none or taken."""
    if version.questionnaire.community_id != community.id:
        raise Refused(s_lazy("Choose a questionnaire of this community."), field="version")
    _check_slug(slug)


def _check_slug(slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise Refused(
            s_lazy("Write a short name with small letters a–z, digits and hyphens."), field="slug"
        )
    if is_slug_taken(slug):
        raise _taken()


def _taken() -> Refused:
    return Refused(s_lazy("Another round has this short name. Choose another."), field="slug")


def _store(made: Round) -> None:
    """Store a round; somebody may have taken its address this very moment."""
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:
        raise _taken() from None


def _check(found: Round) -> None:
    """Refuse values no round may have, whoever asks."""
    for field, value, known in (
        ("mode", found.mode, MODES),
        ("profile", found.profile, PROFILES),
        ("basis", found.basis, BASES),
    ):
        if value not in known:
            raise Refused(s_lazy("Choose one of the options."), field=field)
    floor = FLOORS[found.profile]
    if found.k < floor:
        raise Refused(
            s_lazy(
                "Groups smaller than %(floor)s are never shown. Write %(floor)s or more.",
                floor=floor,
            ),
            field="k",
        )
    if found.closes_at is not None and found.closes_at <= found.opens_at:
        raise Refused(s_lazy("The round closes before it opens."), field="closes_at")
    offered = found.version.document.languages
    unknown = [code for code in found.languages if code not in offered]
    if unknown:
        raise Refused(
            s_lazy("The questionnaire does not have the language “%(code)s”.", code=unknown[0]),
            field="languages",
        )


def change_round(found: Round, *, now: datetime, who: User | None, **values: Any) -> None:
    """Change what is given; once opened, what people were promised stays (raises Refused)."""
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    fixed = [name for name in FIXED_AT_OPENING if name in changed]
    if found.opened_at is not None and fixed:
        raise Refused(
            s_lazy("This was promised to those who answer, so it stays as it was at opening."),
            field=fixed[0],
        )
    if "slug" in changed:
        _check_slug(values["slug"])
    before = {name: getattr(found, name) for name in changed}
    with db.session.no_autoflush:
        for name, value in changed.items():
            setattr(found, name, value)
        try:
            _check(found)
        except Refused:
            for name, value in before.items():
                setattr(found, name, value)
            raise
    db.session.flush()
    details = {"fields": sorted(changed)}
    record(who, "round_changed", found.slug, details, now, community=found.community.slug)
    log.info("round changed", round=found.slug, fields=sorted(changed))


def delete_round(found: Round, *, now: datetime, who: User | None) -> None:
    """Delete a round that was never opened; one that was is closed instead."""
    if found.opened_at is not None:
        raise Refused(s_lazy("A round that was opened can be closed, not deleted."))
    slug, community = found.slug, found.community.slug
    db.session.delete(found)
    db.session.flush()
    record(who, "round_deleted", slug, {}, now, community=community)
    log.info("round deleted", round=slug)
