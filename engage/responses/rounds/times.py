"""Local clock to UTC and back, on the days when clocks are moved too."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engage.i18n.gettext import s_lazy
from engage.questionnaires.refusals import Refused


def to_utc(local: datetime, zone: str, *, late: bool = False, field: str = "") -> datetime:
    """Return the moment of a local time; raises Refused for one that the clock leaps over.

    An hour that comes twice in autumn is the first one, or with `late` the second: a round is
    rather open an hour longer than an hour shorter.
    """
    there = ZoneInfo(zone)
    moment = local.replace(tzinfo=there, fold=1 if late else 0).astimezone(UTC)
    if moment.astimezone(there).replace(tzinfo=None) != local:
        raise Refused(
            s_lazy("The clock leaps over this time that night. Choose another hour."), field=field
        )
    return moment


def to_local(moment: datetime, zone: str) -> datetime:
    """Return the local time of a moment, without a zone: as it is typed and read."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
