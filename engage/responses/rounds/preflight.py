"""The list before opening: a round opens only when every line is green (S-02)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engage.i18n.formats import listing
from engage.i18n.gettext import s_lazy
from engage.i18n.languages import LANGUAGES
from engage.i18n.text import has_text
from engage.questionnaires.checking import languages_complete, missing_texts, problems_of
from engage.questionnaires.queries import unreviewed
from engage.responses.models import Round
from engage.responses.rounds.queries import previewed_languages

#: Nobody is shown in a group smaller than this; minors and sensitive matters need more.
FLOORS = {"standard": 5, "sensitive": 10, "minors": 10}


@dataclass(frozen=True)
class Check:
    """One line of the list: what must be, whether it is, and what to do if not."""

    name: str
    label: Any
    advice: Any = None

    @property
    def is_met(self) -> bool:
        """Say whether the line is green."""
        return self.advice is None


def named(codes: list[str]) -> str:
    """Return languages by their own names, as a list in words."""
    return listing([LANGUAGES[code].autonym if code in LANGUAGES else code for code in codes])


def _questionnaire(found: Round, _now: datetime) -> Any:
    problems = problems_of(found.version.document)
    return s_lazy("Publish a version without mistakes.") if problems else None


def _languages(found: Round, _now: datetime) -> Any:
    if not found.languages:
        return s_lazy("Choose at least one language.")
    document = found.version.document
    whole, missing = languages_complete(document), missing_texts(document)
    lacking = [code for code in found.languages if code not in whole]
    if lacking:
        count = sum(len(missing.get(code, ())) for code in lacking)
        return s_lazy(
            "Texts are missing in %(languages)s (%(count)s). Translate and publish again, "
            "or leave the language out.",
            languages=named(lacking),
            count=count,
        )
    return None


def _reviewed(found: Round, _now: datetime) -> Any:
    counts = unreviewed(found.version)
    lacking = [code for code in found.languages if counts.get(code, 0)]
    if lacking:
        return s_lazy(
            "Nobody has reviewed all texts in %(languages)s (%(count)s). Review and publish again, "
            "or leave the language out.",
            languages=named(lacking),
            count=sum(counts[code] for code in lacking),
        )
    return None


def _named(found: Round, _now: datetime) -> Any:
    lacking = [code for code in found.languages if not has_text(found.name, code)]
    if lacking:
        return s_lazy("Write the name in %(languages)s.", languages=named(lacking))
    return None


def _information(found: Round, _now: datetime) -> Any:
    told = found.version.document.introduction
    texts = (told.who, told.why, told.what_happens)
    if all(has_text(text, code) for text in texts for code in found.languages):
        return None
    return s_lazy("Write in the questionnaire who asks, why, and what happens with the answers.")


def _retention(found: Round, _now: datetime) -> Any:
    if found.retention.strip():
        return None
    return s_lazy("Write how long answers are kept, and which decision says so.")


def _smallest_group(found: Round, _now: datetime) -> Any:
    floor = FLOORS.get(found.profile, 10)
    if found.k >= floor:
        return None
    return s_lazy("Raise the smallest group to %(floor)s or more.", floor=floor)


def _contact(found: Round, _now: datetime) -> Any:
    community = found.community
    if community.contact_name.strip() and (community.contact_phone or community.contact_email):
        return None
    return s_lazy("Write in the settings of the community who helps, and how to reach them.")


def _times(found: Round, now: datetime) -> Any:
    if found.closes_at is None:
        return None
    if found.closes_at <= found.opens_at:
        return s_lazy("The round closes before it opens. Change the times.")
    if found.closes_at <= now:
        return s_lazy("The closing time has passed. Change it.")
    return None


def _previewed(found: Round, _now: datetime) -> Any:
    seen = previewed_languages(found) & set(found.languages)
    turned = {code for code in found.languages if LANGUAGES[code].direction == "rtl"}
    if turned and not seen & turned:
        return s_lazy(
            "Look at the preview in a language written from right to left: %(languages)s.",
            languages=named([code for code in found.languages if code in turned]),
        )
    return None if seen else s_lazy("Look at the preview in at least one language.")


_LINES: tuple[tuple[str, Any, Callable[[Round, datetime], Any]], ...] = (
    ("questionnaire", s_lazy("The questionnaire has no mistakes"), _questionnaire),
    ("languages", s_lazy("Every text is there in every language offered"), _languages),
    ("reviewed", s_lazy("Every translation was reviewed by a person"), _reviewed),
    ("named", s_lazy("The round has a name in every language"), _named),
    ("information", s_lazy("Residents are told who asks, why, and what happens"), _information),
    ("retention", s_lazy("It is decided how long answers are kept"), _retention),
    ("smallest_group", s_lazy("Small groups are protected"), _smallest_group),
    ("contact", s_lazy("A person to contact is named"), _contact),
    ("times", s_lazy("The times of opening and closing fit"), _times),
    ("previewed", s_lazy("The preview was looked at"), _previewed),
)


def preflight(found: Round, now: datetime) -> list[Check]:
    """Return the whole list for a round, green and red."""
    return [Check(name, label, advice(found, now)) for name, label, advice in _LINES]


def red(checks: list[Check]) -> list[Check]:
    """Return the lines that keep the round from being opened."""
    return [check for check in checks if not check.is_met]
