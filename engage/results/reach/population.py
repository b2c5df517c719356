"""The population figures of a community: which groups there are, what is stored, replacing it."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import structlog

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.communities.models import Community
from engage.extensions import db
from engage.questionnaires.queries import published_versions
from engage.results.filters import CHANNEL, Variable, variables
from engage.results.models import PopulationFigures
from engage.results.reach.population_file import COLUMNS, KnownQuestion, People
from engage.results.table.layout import Version, layout_of
from engage.results.wording import Reader

log = structlog.get_logger()


def figures_of(community: Community) -> PopulationFigures | None:
    """Return the figures of a community, None where there are none yet."""
    return db.session.get(PopulationFigures, community.id)


def background_of(community: Community, reader: Reader) -> list[Variable]:
    """Return what the newest questionnaires ask of people's background, and the language."""
    found: dict[str, Variable] = {}
    seen: set[int] = set()
    for version in published_versions(community):
        if version.questionnaire_id in seen:
            continue
        seen.add(version.questionnaire_id)
        layout = layout_of([Version(version.id, version.number, version.document)])
        for one in variables(layout, reader):
            if one.column != CHANNEL:
                found.setdefault(one.column, _offered(one, community))
    return list(found.values())


def _offered(variable: Variable, community: Community) -> Variable:
    """Keep, of the languages of the world, those the community offers."""
    if variable.column != "language":
        return variable
    codes = tuple(code for code in variable.values if code.value in community.languages)
    return Variable(variable.column, variable.label, codes)


def known_questions(background: Sequence[Variable]) -> dict[str, KnownQuestion]:
    """Return the same as a file may name it: answers by key, or by what residents read."""
    return {
        one.column: KnownQuestion(
            one.column,
            tuple(code.value for code in one.values),
            {
                words.strip().casefold(): code.value
                for code in one.values
                for words in (*code.label.values(), str(code.house))
                if words.strip()
            },
        )
        for one in background
    }


def template_of(background: Sequence[Variable], people: People, reader: Reader) -> str:
    """Return a CSV file with a line for each group, and the people there are figures of."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*COLUMNS, "label"])
    for one in background:
        for code in one.values:
            known = people.get(one.column, {}).get(code.value, "")
            label = reader.label(code.label, code.house, code.value).text
            # A label that a spreadsheet would take for a formula is only there to be read.
            writer.writerow([one.column, code.value, known, label.lstrip("=+-@\t\r ")])
    return text.getvalue()


def replace_figures(
    community: Community,
    people: People,
    *,
    source: str,
    as_of: date,
    who: User | None,
    now: datetime,
) -> PopulationFigures:
    """Put new figures in the place of those there were."""
    found = figures_of(community)
    if found is None:
        found = PopulationFigures(community_id=community.id)
        db.session.add(found)
    found.people, found.source, found.as_of = people, source, as_of
    details = {"questions": list(people), "source": source, "as_of": as_of.isoformat()}
    record(who, "population_replaced", community.slug, details, now, community=community.slug)
    log.info("population figures replaced", community=community.slug, questions=len(people))
    return found
