"""Population figures on the command line."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from engage.communities.commands import community_group
from engage.communities.queries import community_by_slug
from engage.extensions import db
from engage.results.reach.population import background_of, known_questions, replace_figures
from engage.results.reach.population_file import Fault, PopulationFileError, read_population
from engage.results.wording import Reader

#: The command line speaks English; the pages have a sentence of advice for each.
_WORDS = {
    Fault.TOO_BIG: "the file is larger than {value} MB",
    Fault.NOT_TEXT: "the file is not CSV in UTF-8",
    Fault.EMPTY: "there is nothing in the file",
    Fault.NO_COLUMN: "the first line lacks: {value}",
    Fault.UNKNOWN_QUESTION: "no background question is called {value!r}; there are: {other}",
    Fault.UNKNOWN_ANSWER: "{value!r} is no answer to {other!r}",
    Fault.NOT_A_NUMBER: "{value!r} is not a whole number",
    Fault.TWICE: "{value!r} of {other!r} stands further up already",
    Fault.ONE_GROUP: "{value!r} needs people in at least two groups",
    Fault.SUMS_DIFFER: "the questions do not add up to the same number of people ({value})",
    Fault.MORE: "{value} more lines have something to put right",
}


@community_group.command("population")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Where the figures are from.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day they are of."
)
def put_in(slug: str, file: Path, source: str, as_of: datetime) -> None:
    """Put in how many people of each group live in a community: question,answer,people.

    A file with anything to put right changes nothing.
    """
    community = community_by_slug(slug)
    if community is None:
        raise click.ClickException(f"There is no community {slug}.")
    background = background_of(community, Reader("en", tuple(community.languages)))
    try:
        people = read_population(file.read_bytes(), known_questions(background))
    except PopulationFileError as error:
        lines = [
            (f"Line {one.line}: " if one.line else "")
            + _WORDS[one.fault].format(value=one.value, other=one.other)
            for one in error.problems
        ]
        raise click.ClickException("Nothing was changed.\n" + "\n".join(lines)) from error
    day: date = as_of.date()
    replace_figures(
        community, people, source=source[:200], as_of=day, who=None, now=datetime.now(UTC)
    )
    db.session.commit()
    groups = sum(map(len, people.values()))
    click.echo(f"{slug}: population figures of {len(people)} questions, {groups} groups.")
