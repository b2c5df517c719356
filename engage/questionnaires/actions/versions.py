"""Publishing: a draft becomes a version that never changes, unless it would break answers."""

from datetime import datetime

import structlog
from sqlalchemy.exc import IntegrityError

from engage.accounts.audit import record
from engage.accounts.models import User
from engage.extensions import db
from engage.i18n.gettext import s_lazy
from engage.questionnaires.actions.translations import review_everything
from engage.questionnaires.changes import Change, class_of, differences
from engage.questionnaires.checking import Problem, problems_of
from engage.questionnaires.document import Document
from engage.questionnaires.models import Questionnaire, QuestionnaireVersion
from engage.questionnaires.queries import last_version, reviews
from engage.questionnaires.refusals import Refused
from engage.questionnaires.translation.models import VersionLanguage
from engage.questionnaires.translation.states import states_of

log = structlog.get_logger()


class NotReady(Refused):
    """The draft has problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(s_lazy("Put right what is listed below. Then publish."))
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(f"{one.place}: {one.message}" for one in self.problems)


class Breaking(Refused):
    """The draft gives keys that may have answers another meaning."""

    def __init__(self, changes: list[Change]) -> None:
        super().__init__(
            s_lazy(
                "Answers given before would lose their meaning. "
                "Give what is listed below a new key, or change it back."
            )
        )
        self.changes = changes

    def __str__(self) -> str:
        return "; ".join(f"{one.place}: {one.message}" for one in self.changes)


def publish_version(
    found: Questionnaire,
    *,
    now: datetime,
    who: User | None,
    same_meaning: bool = True,
    vouched: bool = False,
) -> QuestionnaireVersion:
    """Publish the draft as the next version; raises NotReady, Breaking or Refused.

    `same_meaning`: whoever publishes says that questions with new wording still ask the same.
    `vouched`: the words come with a promise that all of them are reviewed (commands, the demo).
    """
    document = found.draft_document
    problems = problems_of(document)
    if problems:
        raise NotReady(problems)
    before = last_version(found)
    change = _class_since(before, document, same_meaning) if before else "first"
    made = QuestionnaireVersion(
        questionnaire=found,
        number=before.number + 1 if before else 1,
        content=document.to_json(),
        digest=document.digest,
        published_at=now,
        published_by=who.id if who else None,
        change=change,
    )
    db.session.add(made)
    db.session.flush()
    if vouched:
        review_everything(found, who=who)
    _count_unreviewed(made, document)
    details = {"version": made.number, "change": change}
    record(who, "version_published", found.key, details, now, community=found.community.slug)
    log.info("version published", questionnaire=found.key, version=made.number, change=change)
    return made


def _class_since(before: QuestionnaireVersion, document: Document, same_meaning: bool) -> str:
    changes = differences(before.document, document)
    if before.digest == document.digest or not changes:
        raise Refused(s_lazy("Nothing has changed since the last version."))
    breaking = [change for change in changes if change.kind == "breaking"]
    if breaking:
        raise Breaking(breaking)
    if not same_meaning and any(change.kind == "wording" for change in changes):
        raise Refused(
            s_lazy(
                "A question that means something else needs a new key: "
                "add it as a new question, and take the old one away."
            ),
            field="same_meaning",
        )
    return class_of(changes)


def _count_unreviewed(made: QuestionnaireVersion, document: Document) -> None:
    known = reviews(made.questionnaire)
    for language in document.languages:
        states = states_of(document, language, known)
        unreviewed = sum(state.state in {"draft", "machine"} for state in states)
        db.session.add(
            VersionLanguage(version_id=made.id, language=language, unreviewed=unreviewed)
        )
    db.session.flush()


def withdraw_version(found: Questionnaire, number: int, *, now: datetime, who: User | None) -> None:
    """Take back the last version while no round uses it; raises Refused."""
    last = last_version(found)
    if last is None or last.number != number:
        raise Refused(s_lazy("Only the last version can be taken back."))
    try:
        with db.session.begin_nested():
            db.session.delete(last)
            db.session.flush()
    except IntegrityError:
        raise Refused(s_lazy("A round uses this version, so it stays.")) from None
    details = {"version": number}
    record(who, "version_withdrawn", found.key, details, now, community=found.community.slug)
    log.info("version withdrawn", questionnaire=found.key, version=number)
