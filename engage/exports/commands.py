"""`engage export`: writes one export file from the command line."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from sqlalchemy import select

from engage.accounts.audit import record
from engage.exports.contents import Options
from engage.exports.formats import FORMATS
from engage.exports.formats.base import TooManyRowsError
from engage.exports.making import Made, make_export
from engage.exports.queries import answer_count, rounds_of_questionnaire
from engage.extensions import db, reading_only
from engage.responses.models import Round


@dataclass(frozen=True)
class Wanted:
    """What the command was told to write, and where to."""

    slug: str
    format: str
    language: str | None
    output: Path


@click.command("export")
@click.argument("slug", metavar="ROUND")
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option("--language", help="Language of labels; else the questionnaire's first.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option(
    "--free-text", is_flag=True, help="Typed words too, in a file of their own, shuffled."
)
@click.option("--places", is_flag=True, help="Marks on the map too.")
@click.option("--tables", is_flag=True, help="Tables of figures, small numbers hidden, instead.")
@click.option("--raw", is_flag=True, help="Everything as it is stored, nothing blacked out.")
@click.option("--all-rounds", is_flag=True, help="The answers of all rounds of its questionnaire.")
@click.option("--codebook", is_flag=True, help="A codebook beside the answers, in a ZIP file.")
def export(
    slug: str,
    format_name: str,
    language: str | None,
    output: Path,
    free_text: bool,
    places: bool,
    tables: bool,
    raw: bool,
    all_rounds: bool,
    codebook: bool,
) -> None:
    """Write the answers of a round to a file."""
    if tables and (raw or free_text or places or all_rounds):
        raise click.ClickException("Tables hold no single answers: leave the other choices out.")
    if tables and not FORMATS[format_name].carries_tables:
        raise click.ClickException(f"{format_name} holds single answers: leave --tables out.")
    if not tables and not FORMATS[format_name].carries_answers:
        raise click.ClickException(f"{format_name} holds figures: add --tables.")
    options = Options(
        "",
        "beside" if raw else "apart" if free_text else "none",
        places=places or raw,
        mask=not raw,
        what="tables" if tables else "answers",
        codebook=codebook,
        all_rounds=all_rounds,
    )
    # Only read: nobody who sends answers has to wait for the file.
    with reading_only():
        made = _write(Wanted(slug, format_name, language, output), options)
        db.session.commit()
    _note(slug, format_name, options, made)
    if output.suffix != Path(made.name).suffix:
        click.echo(f"It holds several tables and is a {Path(made.name).suffix} file.", err=True)
    if made.left_out:
        click.echo(f"Too few answers, so left out: {', '.join(made.left_out)}.", err=True)
    click.echo(f"{made.rows} answers are in {output} ({made.size} bytes, SHA-256 {made.digest}).")


def _write(wanted: Wanted, options: Options) -> Made:
    """Write the file, with a line of progress."""
    found = db.session.scalar(select(Round).where(Round.slug == wanted.slug))
    if found is None:
        raise click.ClickException(f"There is no round called {wanted.slug}.")
    known = found.version.document.languages
    if wanted.language is not None and wanted.language not in known:
        told = f"{wanted.slug} is in {', '.join(known)}, not in {wanted.language}."
        raise click.ClickException(told)
    if options.all_rounds and not _has_enough(found):
        raise click.ClickException("No round of the questionnaire has enough answers yet.")
    options = replace(options, language=wanted.language or known[0])
    home, today = Path(current_app.config["INSTANCE_FOLDER"]), datetime.now(UTC).date()
    with click.progressbar(length=1, label=f"Exporting {wanted.slug}") as bar:

        def tell(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        try:
            return make_export(found, wanted.format, options, home, wanted.output, today, tell)
        except TooManyRowsError as refused:
            raise click.ClickException(str(refused.message)) from None
        except OSError as error:
            refusal = f"{wanted.output} was not written: {error.strerror}."
            raise click.ClickException(refusal) from None


def _has_enough(found: Round) -> bool:
    return any(answer_count(one) >= one.k for one in rounds_of_questionnaire(found))


def _note(slug: str, format_name: str, options: Options, made: Made) -> None:
    """Record that somebody at this machine took the answers out."""
    found = db.session.scalar(select(Round).where(Round.slug == slug))
    community = found.community.slug if found else ""
    details: dict[str, Any] = {
        "purpose": "command line",
        "format": format_name,
        "what": "raw" if not options.mask else options.what,
        "free_text": options.free_text != "none",
        "places": options.places,
    }
    if options.all_rounds:
        details["rounds"] = list(made.rounds)
    record(None, "export_asked_for", slug, details, datetime.now(UTC), community=community)
    db.session.commit()
