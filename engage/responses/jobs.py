"""What the worker does once a night for the answers."""

from datetime import UTC, datetime

from huey import crontab

from engage.extensions import db, jobs
from engage.responses.actions.tidying import (
    forget_used_keys,
    hide_order_of_arrival,
    merge_thin_days,
)


@jobs.periodic_task(crontab(hour="2", minute="17"))
def tidy() -> None:
    """Forget used keys, merge thin days, and leave no order of arrival."""
    today = datetime.now(UTC).date()
    for work in (forget_used_keys, merge_thin_days, hide_order_of_arrival):
        work(today)
        db.session.commit()
