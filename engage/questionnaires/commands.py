"""Questionnaires on the command line: workbooks in XLSForm's manner go in and out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app

from engage.communities.models import Community
from engage.communities.queries import all_communities, community_by_slug
from engage.extensions import db
from engage.i18n.current import use_language
from engage.i18n.languages import language_or_none
from engage.questionnaires.actions import create_questionnaire, save_draft
from engage.questionnaires.checking import languages_complete, problems_of
from engage.questionnaires.document import Document
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.queries import known_media, last_version, version
from engage.questionnaires.queries import questionnaire as questionnaire_by_key
from engage.questionnaires.refusals import Refused
from engage.questionnaires.xlsform import Imported, Loss, read_xlsform, write_xlsform
from engage.questionnaires.xlsform.media import media_of, without_media
from engage.questionnaires.xlsform.workbook import MAX_BYTES

_COMMUNITY = click.option(
    "--community", "slug", help="Its short name; needed if there are several."
)


@click.group()
def questionnaire() -> None:
    """Bring questionnaires in and take them out."""


@questionnaire.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_COMMUNITY
@click.option("--key", help="Short name to keep it under; replaces the draft that has it.")
@click.option("--language", "code", help="Language of texts whose columns do not name one.")
@click.option("--accept-losses", is_flag=True, help="Import although something cannot be kept.")
@click.option("--check", "only_check", is_flag=True, help="Read and report; change nothing.")
def import_questionnaire(
    file: Path,
    slug: str | None,
    key: str | None,
    code: str | None,
    accept_losses: bool,
    only_check: bool,
) -> None:
    """Import FILE, a form as .xlsx, .xlsm or .xls, as the draft of a questionnaire."""
    with use_language("en", for_staff=True):
        imported = _read(file, code)
        _tell(imported)
        document = imported.document
        if document is None:
            raise click.ClickException(f"{file.name} cannot be imported.")
        if only_check:
            return
        if imported.losses and not accept_losses:
            raise click.ClickException(
                "nothing was imported. Add --accept-losses to import it without what is listed."
            )
        found = _keep(_community(slug), key, imported.key, document)
    click.echo(
        f"{found.key} is in {found.community.slug} as draft {found.draft_revision}, "
        f"questions: {len(document.questions)}."
    )


@questionnaire.command("export")
@click.argument("key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_COMMUNITY
@click.option("--version", "number", type=int, help="A published version instead of the draft.")
def export_questionnaire(key: str, file: Path, slug: str | None, number: int | None) -> None:
    """Write the questionnaire KEY to FILE as an .xlsx in XLSForm's manner."""
    found = questionnaire_by_key(_community(slug), key)
    if found is None:
        raise click.ClickException(f"There is no questionnaire {key}.")
    published = version(found, number) if number is not None else None
    if number is not None and published is None:
        last = last_version(found)
        newest = f"the last is {last.number}" if last else "none is published"
        raise click.ClickException(f"{key} has no version {number}; {newest}.")
    content = write_xlsform(published.document if published else found.draft_document, key)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"{key} is in {file} ({len(content)} bytes).")


def _read(file: Path, code: str | None) -> Imported:
    language = language_or_none(code or current_app.config["DEFAULT_LANGUAGE"])
    if language is None:
        raise click.ClickException(f"There is no language {code}.")
    try:
        with file.open("rb") as source:
            content = source.read(MAX_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    imported = read_xlsform(content, file.name, language.code)
    if imported.document is None:
        return imported
    return without_media(imported, known_media(media_of(imported.document)))


def _tell(imported: Imported) -> None:
    """Print everything that was found: what it is, where, and why."""
    for heading, found in (
        ("Keeps it from being imported", imported.problems),
        ("Cannot be kept", imported.losses),
        ("Changed or passed over", imported.notes),
    ):
        if found:
            click.echo(f"{heading} ({len(found)}):")
            for loss in found:
                click.echo(f"  {_place(loss)}: {loss.reason}")
    if imported.document is not None:
        _tell_of_document(imported.document)


def _place(loss: Loss) -> str:
    parts = [
        loss.sheet,
        f"row {loss.row}" if loss.row else "",
        f"column {loss.column}" if loss.column else "",
    ]
    where = ", ".join(part for part in parts if part)
    return f"{where} | {loss.what}" if where and loss.what else where or loss.what


def _tell_of_document(document: Document) -> None:
    whole = languages_complete(document)
    click.echo(
        f"Questions: {len(document.questions)}. Languages: {', '.join(document.languages)}. "
        f"Whole in: {', '.join(whole) or 'none'}."
    )
    problems = problems_of(document)
    if problems:
        click.echo(f"To put right before it can be published ({len(problems)}):")
        for problem in problems:
            click.echo(f"  {problem.place}: {problem.message}")


def _community(slug: str | None) -> Community:
    if slug is not None:
        found = community_by_slug(slug)
        if found is None:
            raise click.ClickException(f"There is no community {slug}.")
        return found
    every: Sequence[Community] = all_communities()
    if len(every) != 1:
        known = ", ".join(community.slug for community in every) or "none yet"
        raise click.ClickException(f"Say which community with --community ({known}).")
    return every[0]


def _keep(
    community: Community, key: str | None, proposed: str, document: Document
) -> Questionnaire:
    """Make the questionnaire, or replace the draft of the one that was named."""
    found = questionnaire_by_key(community, key or proposed, to_change=True)
    if found is not None and key is None:
        raise click.ClickException(
            f"there is a questionnaire {proposed} already. "
            f"Add --key {proposed} to replace its draft, or --key with another name."
        )
    try:
        if found is None:
            now = datetime.now(UTC)
            found = create_questionnaire(community, key or proposed, document, now=now, who=None)
        else:
            save_draft(found, document, who=None)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    return found
