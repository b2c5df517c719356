"""Work that a request only asks for: a queue in SQLite, or in Redis for several nodes."""

from typing import Any

from flask import Flask, has_app_context
from huey import Huey
from huey.storage import MemoryStorage, RedisStorage, SqliteStorage


class Jobs(Huey):
    """The queue. `@jobs.task()` marks a job; `engage worker` does them, tests do them at once."""

    def __init__(self) -> None:
        super().__init__("engage", results=False, storage_class=MemoryStorage)
        self._app: Flask | None = None

    def init_app(self, app: Flask) -> None:
        """Bind the queue to the app and to where its installation keeps jobs."""
        self._app = app
        app.extensions["jobs"] = self
        if app.config["REDIS_URL"]:
            self.storage_class = RedisStorage
            self.storage_kwargs = {"url": app.config["REDIS_URL"]}
        else:
            folder = app.config["INSTANCE_FOLDER"]
            folder.mkdir(parents=True, exist_ok=True)
            self.storage_class = SqliteStorage
            self.storage_kwargs = {"filename": str(folder / "jobs.sqlite")}
        self._immediate = app.testing
        self.storage = self.create_storage()

    def execute(self, task: Any, timestamp: Any = None) -> Any:
        """Do one job inside the app, where the database and the settings are."""
        if self._app is None or has_app_context():
            return super().execute(task, timestamp)
        with self._app.app_context():
            return super().execute(task, timestamp)
