"""Drafts are edited, versions are published and never change."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditEntry
from engage.questionnaires.actions import (
    Breaking,
    NotReady,
    archive_questionnaire,
    create_questionnaire,
    publish_version,
    restore_questionnaire,
    save_draft,
    withdraw_version,
)
from engage.questionnaires.queries import last_version, questionnaire, questionnaires, unreviewed
from engage.questionnaires.refusals import Refused
from tests.factories.accounts import make_user
from tests.factories.communities import make_community
from tests.factories.questionnaires import (
    NOW,
    SMALL,
    make_questionnaire,
    make_round,
    make_version,
    small_document,
)


def reworded(words="Har du egna barn?"):
    first = {**SMALL["items"][0], "label": {**SMALL["items"][0]["label"], "sv": words}}
    return small_document(items=[first, *SMALL["items"][1:]])


def test_a_questionnaire_begins_with_its_draft(db):
    community = make_community()
    made = create_questionnaire(community, "needs-2027", small_document(), now=NOW, who=None)
    db.session.commit()
    assert questionnaire(community, "needs-2027") == made
    assert made.draft_document == small_document()
    assert made.draft_revision == 1
    assert db.session.scalars(select(AuditEntry.action)).all() == ["questionnaire_created"]


@pytest.mark.parametrize("key", ["", "Ö", "has space", "-x", "x-", "new", "import", "x" * 61])
def test_a_short_name_that_fits_no_address_is_refused(db, key):
    with pytest.raises(Refused):
        create_questionnaire(make_community(), key, small_document(), now=NOW, who=None)


def test_a_short_name_is_taken_once_in_a_community_but_free_in_another(db):
    first, second = make_community(), make_community()
    create_questionnaire(first, "needs", small_document(), now=NOW, who=None)
    create_questionnaire(second, "needs", small_document(), now=NOW, who=None)
    with pytest.raises(Refused):
        create_questionnaire(first, "needs", small_document(), now=NOW, who=None)


def test_every_change_of_the_draft_counts_and_none_counts_twice(db):
    made = make_questionnaire()
    save_draft(made, reworded(), who=None)
    save_draft(made, reworded(), who=None)
    assert made.draft_revision == 2


def test_a_questionnaire_put_away_can_be_taken_out_again(db):
    made = make_questionnaire()
    archive_questionnaire(made, now=NOW, who=None)
    assert list(questionnaires(made.community)) == []
    assert list(questionnaires(made.community, archived=True)) == [made]
    restore_questionnaire(made, now=NOW, who=None)
    assert list(questionnaires(made.community)) == [made]


def test_versions_are_numbered_and_classed(db):
    made, who = make_questionnaire(), make_user()
    first = publish_version(made, now=NOW, who=who)
    save_draft(made, reworded(), who=who)
    second = publish_version(made, now=NOW + timedelta(days=1), who=who)
    db.session.commit()
    assert [(one.number, one.change) for one in (first, second)] == [(1, "first"), (2, "wording")]
    assert last_version(made) == second
    assert first.document == small_document()
    assert second.published_by == who.id


def test_a_draft_with_problems_is_not_published(db):
    made = make_questionnaire(document=small_document(items=[]))
    with pytest.raises(NotReady) as refused:
        publish_version(made, now=NOW, who=None)
    assert "document.items" in [problem.place for problem in refused.value.problems]


def test_nothing_new_is_not_published(db):
    version = make_version()
    with pytest.raises(Refused):
        publish_version(version.questionnaire, now=NOW, who=None)


def test_a_change_that_would_break_answers_is_not_published(db):
    version = make_version()
    items = [{**SMALL["items"][2], "key": "children"}, *SMALL["items"][2:]]
    save_draft(version.questionnaire, small_document(items=items), who=None)
    with pytest.raises(Breaking) as refused:
        publish_version(version.questionnaire, now=NOW, who=None)
    assert "question.children.type" in [change.place for change in refused.value.changes]


def test_new_words_for_another_question_need_a_new_key(db):
    version = make_version()
    save_draft(version.questionnaire, reworded("Har du bil?"), who=None)
    with pytest.raises(Refused):
        publish_version(version.questionnaire, now=NOW, who=None, same_meaning=False)


def test_texts_nobody_reviewed_are_counted_at_publishing(db):
    made = make_questionnaire()
    version = publish_version(made, now=NOW, who=None)
    counts = unreviewed(version)
    assert counts["sv"] == 0
    assert counts["ar"] == 9
    assert unreviewed(make_version()) == {"ar": 0, "sv": 0}


def test_the_last_version_can_be_taken_back_until_a_round_uses_it(db):
    version = make_version()
    made = version.questionnaire
    save_draft(made, reworded(), who=None)
    publish_version(made, now=NOW, who=None)
    with pytest.raises(Refused):
        withdraw_version(made, 1, now=NOW, who=None)
    withdraw_version(made, 2, now=NOW, who=None)
    db.session.commit()
    assert last_version(made).number == 1
    make_round(version)
    with pytest.raises(Refused):
        withdraw_version(made, 1, now=NOW, who=None)
    db.session.commit()
    assert last_version(made).number == 1
