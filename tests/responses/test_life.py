"""T-30: whatever happens in whatever order, counts match, k holds, the deleted stay away."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlalchemy import func, select

from engage.extensions import db
from engage.questionnaires.entry import Entry
from engage.responses.actions.correcting import correct_response, delete_response
from engage.responses.actions.prepared import joining
from engage.responses.actions.submitting import Outcome, Sending, make_ready, submit_response
from engage.responses.actions.tidying import merge_thin_days
from engage.responses.models import CollectionDay
from engage.responses.queries import response_of_code
from engage.responses.receipts import receipt_code
from engage.responses.rounds.actions.life import close_round, move_closing
from engage.results.disclosure import Total, disclose, policy_for
from engage.results.table.store import response_table
from tests.factories.responses import english_round, new_key, responses_of

pytestmark = pytest.mark.sqlite_only
SECRET = "a secret of the instance, long enough"
ANSWERS = st.sampled_from(["yes", "no"]).map(lambda key: {"children": key})
NUMBER = st.integers(0, 30)


@dataclass
class Sent:
    """What a resident knows: the key of the visit, the code, and what they said last."""

    key: str
    answers: dict[str, str]
    is_deleted: bool = False
    code: str = field(init=False)

    def __post_init__(self):
        self.code = receipt_code(SECRET, self.key)


class Life(RuleBasedStateMachine):
    """A round from its opening on: answers come, come again, are changed and deleted; it closes."""

    home = None
    number = 0

    def __init__(self):
        super().__init__()
        Life.number += 1
        self.round = english_round(slug=f"life-{Life.number}", mode="code")
        self.now = datetime.now(UTC)
        self.sent = []

    def submit(self, key, answers):
        version = self.round.version_id
        sending = Sending(key, version, Entry(dict(answers)), "en", "link")
        ready = make_ready(self.round, sending, self.now, SECRET)
        with joining(db.session.connection()) as link:
            outcome = submit_response(link, ready) if ready else None
        db.session.commit()
        return outcome

    def pick(self, number):
        return self.sent[number % len(self.sent)]

    @property
    def living(self):
        return [one for one in self.sent if not one.is_deleted]

    @property
    def takes(self):
        return self.round.takes_answers(self.now)

    @rule(answers=ANSWERS)
    def somebody_sends(self, answers):
        new = Sent(new_key(), answers)
        outcome = self.submit(new.key, answers)
        assert outcome is (Outcome.STORED if self.takes else None)
        if self.takes:
            self.sent.append(new)

    @precondition(lambda self: self.sent)
    @rule(number=NUMBER, answers=ANSWERS)
    def a_send_comes_once_more(self, number, answers):
        """A lost reply, a reload, a second tab: nothing new, unless the first was deleted."""
        one = self.pick(number)
        outcome = self.submit(one.key, answers)
        if not self.takes:
            assert outcome is None
        elif one.is_deleted:
            assert outcome is Outcome.STORED
            one.is_deleted, one.answers = False, answers
        else:
            assert outcome in {Outcome.REPEATED, Outcome.OTHER_CONTENT}

    @precondition(lambda self: self.sent)
    @rule(number=NUMBER, answers=ANSWERS)
    def somebody_corrects(self, number, answers):
        one = self.pick(number)
        found = response_of_code(one.code, SECRET)
        assert (found is None) == one.is_deleted
        if found is None:
            return
        assert correct_response(self.round, found, Entry(dict(answers)), self.now) is self.takes
        db.session.commit()
        one.answers = answers if self.takes else one.answers

    @precondition(lambda self: self.sent)
    @rule(number=NUMBER)
    def somebody_deletes(self, number):
        """Also when the round is closed."""
        one = self.pick(number)
        found = response_of_code(one.code, SECRET)
        if found is not None:
            delete_response(found)
            db.session.commit()
        one.is_deleted = True

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def the_night_comes(self):
        merge_thin_days(self.now.date())
        db.session.commit()

    @rule()
    def staff_close(self):
        close_round(self.round, now=self.now, who=None)
        db.session.commit()

    @precondition(lambda self: self.round.closes_at and self.now < self.round.closes_at + WEEK)
    @rule()
    def staff_open_again(self):
        move_closing(self.round, None, now=self.now, who=None)
        db.session.commit()

    @rule()
    def staff_read(self):
        """What results count are the living answers, and fewer than k are no number at all."""
        with response_table(self.round, self.home) as table:
            assert table.answers == len(self.living)
        shown = disclose(Total(table.answers), policy_for(self.round.k, self.round.profile))
        assert (shown is None) == (len(self.living) < self.round.k)
        assert shown is None or shown % 5 == 0

    @invariant()
    def what_is_stored_is_what_people_said(self):
        stored = [json.loads(one.document)["answers"] for one in responses_of(self.round)]
        said = [one.answers for one in self.living]
        assert sorted(map(str, stored)) == sorted(map(str, said))

    @invariant()
    def the_counts_of_the_days_add_up(self):
        counted = select(func.coalesce(func.sum(CollectionDay.answers), 0))
        mine = counted.where(CollectionDay.round_id == self.round.id)
        assert db.session.scalar(mine) == len(self.living)


WEEK = timedelta(days=7)


def test_t30_a_round_keeps_its_promises_whatever_happens(app, tmp_path):
    Life.home = tmp_path / "home"
    run(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
