"""The example's needs mapping: its questionnaire, one closed round and one that is open."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random

from engage.communities.actions.areas import update_area
from engage.communities.models import Community
from engage.communities.queries import areas
from engage.demo.pictures import with_pictures
from engage.questionnaires.actions.drafts import create_questionnaire
from engage.questionnaires.actions.versions import publish_version
from engage.questionnaires.document import Document, Question
from engage.questionnaires.models import QuestionnaireVersion
from engage.responses.generating import generate_entry
from engage.responses.loading import Answered, add_responses
from engage.responses.models import Round
from engage.responses.rounds.actions import create_round, open_round
from engage.results.actions import show_publicly
from engage.results.reach.population import background_of, known_questions, replace_figures
from engage.results.reach.population_file import read_population
from engage.results.wording import Reader

CLOSED, OPEN = "backby-2025", "backby-2026"
_NAME = {
    "sv": "Behovskartläggning %s",
    "en": "Needs mapping %s",
    "da": "Behovskortlægning %s",
    "fi": "Tarvekartoitus %s",
    "ar": "مسح الاحتياجات %s",
    "so": "Khariidaynta baahiyaha %s",
    "fa": "نیازسنجی %s",
}
#: As the secretariat would write it, in the language of the neighbourhood.
_RETENTION = "Två år efter att omgången stängts (exempel på beslut: KS 2025/001)"
_KEPT_DAYS = 730
#: What everybody may read of the closed round.
_PUBLIC = ("satisfaction", "needs", "priority", "safe", "influence", "trust", "want_part", "chance")
_SOURCE = "Påhittade siffror (exempel)"
#: How often each language and channel is used, and what some questions lean towards.
_LANGUAGES = {"sv": 52, "ar": 17, "so": 11, "en": 8, "fa": 6, "fi": 5, "da": 1}
_CHANNELS = {"poster": 45, "link": 40, "letter": 15}
_LEANING = {
    "age": {"a13_15": 0.5, "a30_44": 1.6, "a65": 0.8},
    "gender": {"another": 0.05},
    "work": {"works": 3.0, "seeks": 1.6, "ill": 0.4, "other": 0.1},
    "area": {"skalby": 0.5},
    "spots": {"square": 2.0, "park": 1.6, "library": 1.2, "pitch": 0.7},
    "priority": {"jobs": 2.5, "safety": 2.0, "say": 1.4},
    "easier": {"other": 0.1},
    "home_language": {"swedish": 3.0, "arabic": 1.6},
}


@dataclass(frozen=True)
class Plan:
    """One round of the example: when it lies, counted in days from now, and how many answered."""

    slug: str
    year: str
    opens: int
    closes: int
    mode: str
    answers: int
    seed: int


def make_mapping(community: Community, now: datetime) -> None:
    """Publish the questionnaire and make both rounds with their answers."""
    text = files("engage.demo").joinpath("questionnaire.json").read_text(encoding="utf-8")
    document = with_pictures(Document.model_validate_json(text))
    _name_areas(community, document, now)
    before = now - timedelta(days=420)
    made = create_questionnaire(community, "needs", document, now=before, who=None)
    version = publish_version(made, now=before, who=None, vouched=True)
    for plan in (
        Plan(CLOSED, str(now.year - 1), -400, -370, "anonymous", 1287, 2025),
        Plan(OPEN, str(now.year), -12, 45, "code", 96, 2026),
    ):
        made_round = _make_round(community, version, plan, now)
        if plan.slug == CLOSED:
            show_publicly(made_round, _PUBLIC, who=None, now=now)
    _put_in_population(community, now)


def _put_in_population(community: Community, now: datetime) -> None:
    """Put in how many live here, of those the questions are for: 13 years and older."""
    background = background_of(community, Reader(community.default_language))
    data = files("engage.demo").joinpath("population.csv").read_bytes()
    people = read_population(data, known_questions(background))
    replace_figures(community, people, source=_SOURCE, as_of=now.date(), who=None, now=now)


def _name_areas(community: Community, document: Document, now: datetime) -> None:
    """Call the areas on the map in every language what the questionnaire calls them."""
    for each in areas(community):
        called = document.choice_lists["areas"].by_key[each.key].label
        update_area(
            community, each, name=dict(called), population=each.population, who=None, now=now
        )


def _make_round(
    community: Community, version: QuestionnaireVersion, plan: Plan, now: datetime
) -> Round:
    opens = now + timedelta(days=plan.opens)
    found = create_round(
        community,
        version,
        slug=plan.slug,
        name={language: name % plan.year for language, name in _NAME.items()},
        languages=list(version.document.languages),
        opens_at=opens,
        closes_at=now + timedelta(days=plan.closes),
        now=opens,
        who=None,
        mode=plan.mode,
        results_on=(now + timedelta(days=plan.closes + 30)).date(),
        retention=_RETENTION,
        kept_until=(now + timedelta(days=plan.closes + _KEPT_DAYS)).date(),
    )
    open_round(found, now=opens, who=None, vouched=True)
    last = min(now, now + timedelta(days=plan.closes))
    for _ in add_responses(found, _voices(found, plan, opens, last)):
        pass
    return found


def _voices(found: Round, plan: Plan, first: datetime, last: datetime) -> Iterator[Answered]:
    # The same answers each time, so that pictures of the example can be compared.
    chance = Random(plan.seed)  # noqa: S311 - made-up answers, no secret
    said = json.loads(files("engage.demo").joinpath("voices.json").read_text(encoding="utf-8"))

    def wording(question: Question, language: str, luck: Random) -> str:
        return str(luck.choice(said.get(question.key, {}).get(language, ["–"])))

    document, days = found.version.document, (last - first).days
    for _ in range(plan.answers):
        language = chance.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0]
        day = (first + timedelta(days=int(days * chance.betavariate(1.1, 2)))).date()
        yield Answered(
            entry=generate_entry(document, language, day, chance, wording, _LEANING),
            version_id=found.version_id,
            language=language,
            channel=chance.choices(list(_CHANNELS), list(_CHANNELS.values()))[0],
            day=day,
        )
