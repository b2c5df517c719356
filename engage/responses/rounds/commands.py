"""Rounds on the command line: opened to try a questionnaire out."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click
from flask import current_app, url_for

from engage.communities.models import Community
from engage.communities.queries import all_communities, community_by_slug
from engage.extensions import db
from engage.i18n.current import use_language
from engage.questionnaires.actions import publish_version
from engage.questionnaires.checking import languages_complete
from engage.questionnaires.models import Questionnaire, QuestionnaireVersion
from engage.questionnaires.queries import last_version, questionnaire
from engage.questionnaires.refusals import Refused
from engage.responses.models import Round
from engage.responses.rounds.actions import (
    MAY_WAIT,
    MODES,
    PROFILES,
    create_round,
    open_round,
)
from engage.responses.rounds.queries import has_interface


@click.group("round")
def round_group() -> None:
    """Put questionnaires to residents."""


@round_group.command("open")
@click.argument("key", metavar="QUESTIONNAIRE")
@click.option("--community", "slug", help="Its short name; needed if there are several.")
@click.option("--slug", "address", help="Short name in the address; made up if left out.")
@click.option("--language", "languages", multiple=True, help="One of several; all whole ones.")
@click.option("--mode", type=click.Choice(MODES), default="anonymous", show_default=True)
@click.option("--profile", type=click.Choice(PROFILES), default="standard", show_default=True)
@click.option("--k", type=click.IntRange(5), help="Smallest group shown.")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True)
@click.option("--retention", default="", help="How long answers are kept, by which decision.")
@click.option(
    "--trial", is_flag=True, help="Open without contact, introduction or retention, to try it."
)
def open_command(
    key: str,
    slug: str | None,
    address: str | None,
    languages: Sequence[str],
    days: int,
    trial: bool,
    **promised: str | int | None,
) -> None:
    """Open a round of QUESTIONNAIRE now; its draft is published first if it is newer."""
    now = datetime.now(UTC)
    with use_language("en", for_staff=True):
        community = _community(slug)
        found = questionnaire(community, key)
        if found is None:
            raise click.ClickException(f"There is no questionnaire {key}.")
        try:
            version = _newest(found, now)
            codes = list(languages) or _offered(version)
            document = version.document
            made = create_round(
                community,
                version,
                slug=address or f"{key}-{now:%Y%m%d%H%M%S}"[:60],
                name={code: document.title.get(code) or key for code in codes},
                languages=codes,
                opens_at=now,
                closes_at=now + timedelta(days=days),
                now=now,
                who=None,
                **promised,  # type: ignore[arg-type]
            )
            open_round(
                made, now=now, who=None, vouched=True, despite=MAY_WAIT if trial else frozenset()
            )
        except Refused as refused:
            db.session.rollback()
            raise click.ClickException(str(refused)) from refused
    db.session.commit()
    _tell(made)


def _tell(made: Round) -> None:
    with current_app.test_request_context():
        path = url_for("addresses.languages", slug=made.slug)
    click.echo(
        f"{made.slug} is open until {made.closes_at:%Y-%m-%d} in {', '.join(made.languages)}: "
        f"{current_app.config['BASE_URL']}{path}"
    )


def _community(slug: str | None) -> Community:
    every = all_communities()
    if slug is None and len(every) == 1:
        return every[0]
    found = community_by_slug(slug) if slug else None
    if found is None:
        known = ", ".join(one.slug for one in every) or "none yet"
        raise click.ClickException(f"Say which community with --community: {known}.")
    return found


def _newest(found: Questionnaire, now: datetime) -> QuestionnaireVersion:
    last = last_version(found)
    if last is not None and last.digest == found.draft_document.digest:
        return last
    return publish_version(found, now=now, who=None, vouched=True)


def _offered(version: QuestionnaireVersion) -> list[str]:
    """Return the whole languages that have buttons of their own; all of them if none has."""
    whole = languages_complete(version.document)
    return [code for code in whole if has_interface(code)] or whole
