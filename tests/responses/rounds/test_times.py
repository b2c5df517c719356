"""Times are typed on the clock of the community, also when clocks are moved."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.questionnaires.refusals import Refused
from engage.responses.rounds.times import to_local, to_utc

ZONES = ("Europe/Stockholm", "America/Toronto", "Asia/Tehran", "Pacific/Chatham")


def clock(*parts):
    """Return a local time, without a zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("local", "late", "moment"),
    [
        (clock(2027, 1, 10, 8), False, clock(2027, 1, 10, 7)),
        (clock(2027, 7, 10, 8), False, clock(2027, 7, 10, 6)),
        (clock(2027, 10, 31, 2, 30), False, clock(2027, 10, 31, 0, 30)),
        (clock(2027, 10, 31, 2, 30), True, clock(2027, 10, 31, 1, 30)),
    ],
)
def test_local_time_follows_summer_and_winter_e13(local, late, moment):
    assert to_utc(local, "Europe/Stockholm", late=late) == moment.replace(tzinfo=UTC)


def test_a_time_the_clock_leaps_over_is_refused_with_its_field():
    with pytest.raises(Refused) as refused:
        to_utc(clock(2027, 3, 28, 2, 30), "Europe/Stockholm", field="opens_at")
    assert refused.value.field == "opens_at"


@given(st.datetimes(clock(2020, 1, 1), clock(2035, 1, 1)), st.sampled_from(ZONES))
def test_every_moment_comes_back_from_the_clock(moment, zone):
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    local = to_local(moment, zone)
    assert moment in {to_utc(local, zone), to_utc(local, zone, late=True)}
