"""Answers on the command line: made up for trying out and measuring, or loaded from a file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import click
from sqlalchemy import func, select

from engage.extensions import db
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.generating import generate_entry
from engage.responses.lines import read_lines
from engage.responses.loading import Answered, add_responses
from engage.responses.models import Response, Round

#: Marks made-up answers in every table and export, so that nobody takes them for residents'.
MADE_UP = "made-up"


@click.group()
def responses() -> None:
    """Answers to the rounds of this installation."""


@responses.command("generate")
@click.argument("slug", metavar="ROUND")
@click.option("--count", type=click.IntRange(1, 10_000_000), required=True, help="How many.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same answers."
)
@click.option("--among-real", is_flag=True, help="Also where residents have answered already.")
def generate(slug: str, count: int, seed: int, among_real: bool) -> None:
    """Add believable, valid answers along the conditions, marked as made up."""
    found = _round(slug)
    real = db.session.scalar(
        select(func.count())
        .select_from(Response)
        .where(Response.round_id == found.id, Response.channel != MADE_UP)
    )
    if real and not among_real:
        raise click.ClickException(
            f"{slug} has {real} answers of residents. Add --among-real to mix made-up ones in."
        )
    with click.progressbar(length=count, label=f"Answering {slug}", show_pos=True) as bar:
        done = 0
        for stored in add_responses(found, _made_up(found, count, seed, datetime.now(UTC))):
            db.session.commit()
            bar.update(stored - done)
            done = stored
    click.echo(f"{count} made-up answers are in {slug}.")


@responses.command("load")
@click.argument("slug", metavar="ROUND")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(slug: str, file: Path) -> None:
    """Add the answers of a JSON Lines file as it is exported: all of them, or none."""
    found = _round(slug)
    versions = {
        one.number: (one.id, one.document)
        for one in db.session.scalars(
            select(QuestionnaireVersion).where(
                QuestionnaireVersion.questionnaire_id == found.questionnaire_id
            )
        )
    }
    try:
        with file.open(encoding="utf-8-sig") as lines:
            read = read_lines(lines, versions, found.languages)
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is no text in UTF-8.") from None
    if read.problems:
        for problem in read.problems:
            click.echo(f"line {problem.line}: {problem.reason}", err=True)
        raise click.ClickException(f"Nothing was loaded from {file}.")
    for stored in add_responses(found, read.answered):
        click.echo(f"{stored} of {len(read.answered)} answers …", err=True)
    db.session.commit()
    click.echo(f"{len(read.answered)} answers are in {slug}.")


def _made_up(found: Round, count: int, seed: int, now: datetime) -> Iterator[Answered]:
    # No secret is drawn here, and the same seed shall give the same answers.
    chance = Random(seed)  # noqa: S311
    document, version_id, languages = found.version.document, found.version_id, found.languages
    first = found.opens_at.date()
    days = max((min(now, found.closes_at or now).date() - first).days, 0)
    for _ in range(count):
        language = chance.choice(languages)
        day: date = first + timedelta(days=chance.randint(0, days))
        entry = generate_entry(document, language, day, chance)
        yield Answered(entry, version_id, language, MADE_UP, day)


def _round(slug: str) -> Round:
    found = db.session.scalar(select(Round).where(Round.slug == slug))
    if found is None:
        raise click.ClickException(f"There is no round called {slug}.")
    return found
