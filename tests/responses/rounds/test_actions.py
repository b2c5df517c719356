"""Rounds are prepared, checked, opened for good, moved and closed."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.questionnaires.actions import publish_version, save_draft
from engage.questionnaires.refusals import Refused
from engage.responses.rounds.actions import (
    NotCleared,
    change_round,
    close_round,
    create_round,
    delete_round,
    move_closing,
    move_to_version,
    note_preview,
    open_round,
)
from engage.responses.rounds.queries import open_rounds, previewed_languages, round_in, rounds
from tests.factories.communities import make_community
from tests.factories.questionnaires import (
    NOW,
    SMALL,
    make_questionnaire,
    make_round,
    make_version,
    small_document,
)

LATER = NOW + timedelta(days=30)


def contactable(**given):
    return make_community(contact_name="Samira Holm", contact_phone="021-00 00 00", **given)


def prepared(version=None, **given):
    version = version or make_version(contactable())
    values = {
        "slug": "spring-2027",
        "name": {"sv": "Våren 2027", "ar": "ربيع 2027"},
        "languages": ["sv", "ar"],
        "opens_at": NOW,
        "closes_at": LATER,
        "retention": "Two years, decision 2027/12.",
        **given,
    }
    community = version.questionnaire.community
    return create_round(community, version, now=NOW, who=None, **values)


def test_a_round_begins_as_one_being_prepared(db):
    made = prepared()
    db.session.commit()
    assert made.state(NOW) == "preparing"
    assert list(rounds(made.community)) == [made]
    assert round_in(made.community, "spring-2027") == made
    assert round_in(make_community(), "spring-2027") is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"slug": "Våren"}, "slug"),
        ({"k": 4}, "k"),
        ({"k": 9, "profile": "minors"}, "k"),
        ({"k": 9, "profile": "sensitive"}, "k"),
        ({"mode": "named"}, "mode"),
        ({"basis": "interest"}, "basis"),
        ({"profile": "relaxed"}, "profile"),
        ({"closes_at": NOW}, "closes_at"),
        ({"languages": ["sv", "da"]}, "languages"),
    ],
)
def test_what_no_round_may_have_is_refused_with_its_field(db, given, field):
    with pytest.raises(Refused) as refused:
        prepared(**given)
    assert refused.value.field == field


def test_an_address_belongs_to_one_round_on_the_whole_instance(db):
    prepared()
    with pytest.raises(Refused):
        prepared(make_version(contactable()))


def test_a_version_of_another_community_is_refused(db):
    version = make_version(contactable())
    with pytest.raises(Refused):
        create_round(
            make_community(), version, slug="x", name={}, languages=[], opens_at=NOW,
            now=NOW, who=None,
        )  # fmt: skip


def test_the_smallest_group_follows_from_the_profile(db):
    assert prepared().k == 5
    assert prepared(slug="girls", profile="minors").k == 10


def test_a_round_opens_when_every_line_is_green(db):
    made = prepared()
    with pytest.raises(NotCleared) as refused:
        open_round(made, now=NOW, who=None)
    assert [check.name for check in refused.value.checks] == ["previewed"]
    note_preview(made, "sv", now=NOW, who=None)
    with pytest.raises(NotCleared):
        open_round(made, now=NOW, who=None)
    note_preview(made, "ar", now=NOW, who=None)
    open_round(made, now=NOW, who=None)
    db.session.commit()
    assert made.state(NOW) == "open"
    assert list(open_rounds(NOW)) == [made]
    assert list(open_rounds(LATER)) == []


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"retention": " "}, "retention"),
        ({"name": {"sv": "Våren"}}, "named"),
        ({"languages": []}, "languages"),
        ({"opens_at": NOW - timedelta(days=9), "closes_at": NOW - timedelta(days=1)}, "times"),
    ],
)
def test_a_red_line_keeps_a_round_from_opening_even_for_commands(db, given, line):
    made = prepared(**given)
    with pytest.raises(NotCleared) as refused:
        open_round(made, now=NOW, who=None, vouched=True)
    assert line in [check.name for check in refused.value.checks]
    assert made.opened_at is None


def test_a_round_needs_a_person_to_contact(db):
    made = prepared(make_version(make_community()))
    with pytest.raises(NotCleared) as refused:
        open_round(made, now=NOW, who=None, vouched=True)
    assert [check.name for check in refused.value.checks] == ["contact"]


def test_texts_that_nobody_reviewed_keep_a_round_from_opening(db):
    version = publish_version(make_questionnaire(contactable()), now=NOW, who=None)
    made = prepared(version)
    with pytest.raises(NotCleared) as refused:
        open_round(made, now=NOW, who=None, vouched=True)
    assert [check.name for check in refused.value.checks] == ["reviewed"]


def test_a_missing_text_keeps_its_language_from_being_offered(db):
    items = [*SMALL["items"], {"key": "x", "type": "short_text", "label": {"sv": "Ny"}}]
    made = prepared(make_version(contactable(), small_document(items=items)))
    with pytest.raises(NotCleared) as refused:
        open_round(made, now=NOW, who=None, vouched=True)
    assert [check.name for check in refused.value.checks] == ["languages"]
    change_round(made, now=NOW, who=None, languages=["sv"])
    open_round(made, now=NOW, who=None, vouched=True)


@pytest.mark.parametrize(
    ("field", "value"), [("mode", "code"), ("k", 20), ("profile", "minors"), ("basis", "consent")]
)
def test_z16_what_was_promised_can_be_changed_before_opening_only(db, field, value):
    made = prepared(k=10)
    before = getattr(made, field)
    change_round(made, now=NOW, who=None, **{field: value})
    open_round(made, now=NOW, who=None, vouched=True)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        change_round(made, now=NOW, who=None, **{field: before})
    assert refused.value.field == field
    assert getattr(made, field) == value


@pytest.mark.parametrize("field", ["mode", "k", "profile", "basis", "slug"])
def test_p07_no_other_code_can_store_such_a_change_either(db, field):
    made = make_round()
    setattr(made, field, {"k": 50}.get(field, "code"))
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()


def test_the_rest_of_an_open_round_can_be_changed(db):
    made = make_round()
    change_round(made, now=NOW, who=None, name={"sv": "Nytt namn", "ar": "اسم"})
    db.session.commit()
    assert made.name["sv"] == "Nytt namn"


def test_s15_a_closed_round_can_be_opened_again_for_seven_days(db):
    made = make_round(opens_at=NOW - timedelta(days=9))
    close_round(made, now=NOW, who=None)
    assert made.state(NOW) == "closed"
    move_closing(made, LATER, now=NOW + timedelta(days=6), who=None)
    assert made.state(NOW + timedelta(days=6)) == "open"
    close_round(made, now=NOW, who=None)
    with pytest.raises(Refused):
        move_closing(made, LATER, now=NOW + timedelta(days=8), who=None)


def test_a_closing_time_lies_ahead(db):
    with pytest.raises(Refused):
        move_closing(make_round(), NOW, now=NOW, who=None)


def test_a_round_that_waits_can_be_closed_before_it_opens(db):
    made = make_round(opens_at=LATER)
    close_round(made, now=NOW, who=None)
    assert made.state(LATER) == "closed"


def newer(version, items):
    found = version.questionnaire
    save_draft(found, small_document(items=items), who=None)
    return publish_version(found, now=NOW, who=None, vouched=True)


def test_s04_an_open_round_moves_to_a_version_that_takes_nothing_away(db):
    version = make_version()
    made = make_round(version)
    more = [*SMALL["items"], {**SMALL["items"][2], "key": "more"}]
    move_to_version(made, newer(version, more), now=NOW, who=None)
    assert made.version.number == 2


def test_an_open_round_does_not_move_to_a_version_that_drops_a_question(db):
    version = make_version()
    made, preparing = make_round(version), make_round(version, opened_at=None)
    fewer = newer(version, SMALL["items"][:2])
    with pytest.raises(Refused):
        move_to_version(made, fewer, now=NOW, who=None)
    assert made.version_id == version.id
    move_to_version(preparing, fewer, now=NOW, who=None)
    assert preparing.version_id == fewer.id


def test_an_open_round_does_not_move_to_a_version_that_lacks_a_language(db):
    version = make_version()
    made = make_round(version)
    more = [*SMALL["items"], {"key": "x", "type": "short_text", "label": {"sv": "Ny"}}]
    with pytest.raises(NotCleared):
        move_to_version(made, newer(version, more), now=NOW, who=None)
    assert made.version_id == version.id


def test_only_a_round_that_never_opened_can_be_deleted(db):
    made = prepared()
    note_preview(made, "sv", now=NOW, who=None)
    assert previewed_languages(made) == {"sv"}
    delete_round(made, now=NOW, who=None)
    db.session.commit()
    with pytest.raises(Refused):
        delete_round(make_round(), now=NOW, who=None)


def test_a_look_at_another_version_does_not_count(db):
    version = make_version()
    made = make_round(version, opened_at=None)
    note_preview(made, "sv", now=NOW, who=None)
    more = [*SMALL["items"], {**SMALL["items"][2], "key": "more"}]
    move_to_version(made, newer(version, more), now=NOW, who=None)
    assert previewed_languages(made) == set()


def test_times_are_stored_aware(db):
    made = prepared()
    db.session.commit()
    db.session.expire_all()
    assert made.opens_at == datetime(2027, 3, 1, 12, tzinfo=UTC)
