"""Translating: words put in by language, and reviewed by a person."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from engage.accounts.models import User
from engage.extensions import db
from engage.i18n.gettext import s_lazy
from engage.i18n.text import has_text
from engage.questionnaires.actions.drafts import save_draft
from engage.questionnaires.checking.languages import needed_texts
from engage.questionnaires.document import Document
from engage.questionnaires.models import Questionnaire, TextReview
from engage.questionnaires.queries import reviews
from engage.questionnaires.refusals import Refused
from engage.questionnaires.texts import texts_of, with_texts
from engage.questionnaires.translation.checks import TWO_PEOPLE, back_translated, faults
from engage.questionnaires.translation.states import State, pair_digest

log = structlog.get_logger()
_LONGEST_BACK = 10_000


def save_translations(
    found: Questionnaire,
    language: str,
    words: Mapping[str, str],
    *,
    who: User | None,
    state: State = "draft",
) -> dict[str, list[Any]]:
    """Keep translations by place; return the faults of those that could not be kept.

    `state` is `machine` for words nobody has read yet.
    """
    document = found.draft_document
    source = _source(document, language)
    texts = texts_of(document)
    refused: dict[str, list[Any]] = {}
    kept: dict[str, dict[str, str]] = {}
    for place, translated in words.items():
        text = texts.get(place)
        if text is None or text.get(language, "") == translated:
            continue
        wrong = faults(text.get(source, ""), translated) if translated.strip() else []
        if wrong:
            refused[place] = wrong
        else:
            kept[place] = {language: translated}
    changed = with_texts(document, kept)
    save_draft(found, changed, who=who)
    texts = texts_of(changed)
    known = {review.place: review for review in reviews(found, language)}
    translator = who.id if who else None
    for place in kept:
        row = known.get(place) or _new_review(found, place, language)
        row.state, row.translated_by, row.reviewed_by = state, translator, None
        row.back_translation = ""
        row.source_digest = _digest(texts.get(place, {}), source, language)
    db.session.flush()
    log.info("translations saved", questionnaire=found.key, language=language, texts=len(kept))
    return refused


def save_back_translations(found: Questionnaire, language: str, words: Mapping[str, str]) -> None:
    """Keep by place what translations say, in the source language, for staff to read (L-15)."""
    document = found.draft_document
    source = _source(document, language)
    texts = texts_of(document)
    known = {review.place: review for review in reviews(found, language)}
    for place in words.keys() & back_translated(document):
        if not has_text(texts[place], language):
            continue
        row = known.get(place)
        if row is None:
            row = _new_review(found, place, language)
            row.state, row.source_digest = "draft", _digest(texts[place], source, language)
        row.back_translation = words[place].strip()[:_LONGEST_BACK]
    db.session.flush()


def mark_reviewed(
    found: Questionnaire, language: str, places: Sequence[str], *, who: User
) -> list[str]:
    """Say that a person has read these translations; return the places another person must read."""
    document = found.draft_document
    source = _source(document, language)
    texts = texts_of(document)
    known = {review.place: review for review in reviews(found, language)}
    reviewer = who.id
    left = []
    for place in places:
        words = texts.get(place, {}).get(language, "")
        if not words.strip():
            continue
        row = known.get(place)
        if place.startswith(TWO_PEOPLE) and row is not None and row.translated_by == reviewer:
            left.append(place)
            continue
        row = row or _new_review(found, place, language)
        row.state, row.reviewed_by = "reviewed", reviewer
        row.source_digest = _digest(texts[place], source, language)
    db.session.flush()
    log.info("translations reviewed", questionnaire=found.key, language=language)
    return left


def review_everything(found: Questionnaire, *, who: User | None) -> None:
    """Take somebody's word that every translation is reviewed (commands, the demo)."""
    document = found.draft_document
    texts = needed_texts(document)
    reviewer = who.id if who else None
    for language in document.languages[1:]:
        source = document.languages[0]
        known = {review.place: review for review in reviews(found, language)}
        for place, text in texts.items():
            if not has_text(text, language):
                continue
            row = known.get(place) or TextReview(
                questionnaire_id=found.id, place=place, language=language
            )
            row.state, row.reviewed_by = "reviewed", reviewer
            row.source_digest = _digest(text, source, language)
            if place not in known:
                db.session.add(row)
        db.session.flush()


def _source(document: Document, language: str) -> str:
    """Return the language translated from; raises Refused where there is nothing to translate."""
    if language not in document.languages:
        raise Refused(s_lazy("The questionnaire does not have this language."))
    source = document.languages[0]
    if language == source:
        raise Refused(s_lazy("This is the language the questionnaire is written in."))
    return source


def _new_review(found: Questionnaire, place: str, language: str) -> TextReview:
    row = TextReview(questionnaire_id=found.id, place=place, language=language)
    db.session.add(row)
    return row


def _digest(text: Mapping[str, str], source: str, language: str) -> str:
    return pair_digest(text.get(source, ""), text.get(language, ""))
