"""Jobs are done inside the app, at once in tests, and kept in SQLite or Redis otherwise."""

import pytest
from flask import current_app, has_app_context

from engage.jobs import Jobs

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def queue():
    """Return a queue of the test's own, so that no job stays known to the app's."""
    return Jobs()


def _job(queue):
    done = []

    @queue.task()
    def note(word):
        done.append((word, has_app_context() and current_app.name))

    return note, done


def test_tests_do_jobs_at_once(app, queue):
    queue.init_app(app)
    note, done = _job(queue)
    note("now")
    assert done == [("now", "engage")]


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_a_job_waits_until_a_worker_takes_it(make_app, queue, kind, request):
    url = request.getfixturevalue("redis_url") if kind == "redis" else ""
    queue.init_app(make_app(TESTING=False, REDIS_URL=url))
    note, done = _job(queue)
    note("later")
    assert done == []
    assert queue.pending_count() == 1
    task = queue.dequeue()
    queue.execute(task)
    assert done == [("later", "engage")]
    assert queue.pending_count() == 0


def test_jobs_are_kept_in_the_instance_folder(make_app, queue):
    app = make_app(TESTING=False)
    queue.init_app(app)
    assert (app.config["INSTANCE_FOLDER"] / "jobs.sqlite").exists()
