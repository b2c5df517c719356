"""What is written down: JSON lines without addresses, query strings, agents or typed words."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import structlog
from flask import Flask

#: What gunicorn says about a request it could not read names the address that sent it.
_NAMES_AN_ADDRESS = "Invalid request from"


class _StandardError:
    """Writes one line to wherever standard error is now."""

    def msg(self, message: str) -> None:
        print(message, file=sys.stderr, flush=True)  # noqa: T201 - this is the log itself

    log = debug = info = warning = warn = error = critical = exception = fatal = failure = msg


def _to_standard_error(*_names: str) -> _StandardError:
    return _StandardError()


def where(error: TracebackType | None) -> list[str]:
    """Return the places an error passed, the innermost last: no source, no values."""
    frames = traceback.extract_tb(error)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames][-12:]


class JsonLines(logging.Formatter):
    """Formats records of other libraries like our own; of an error only its type and place.

    The words of an exception may hold what a person typed (`invalid literal for int(): …`).
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        line: dict[str, Any] = {
            "event": "error" if record.exc_info else record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info:
            kind, _error, passed = record.exc_info
            line |= {"error": kind.__qualname__ if kind else "", "where": where(passed)}
        return json.dumps(line)


class _ToStandardError(logging.Handler):
    """Writes records where our own lines go."""

    def emit(self, record: logging.LogRecord) -> None:
        _StandardError().msg(self.format(record))


class _NoTraces(logging.Filter):
    """Keeps addresses and query strings out of what gunicorn itself says."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.getMessage().startswith(_NAMES_AN_ADDRESS):
            return False
        if record.exc_info:
            kind, _error, passed = record.exc_info
            places = "; ".join(where(passed))
            record.msg, record.args = f"error {kind.__qualname__ if kind else ''}: {places}", ()
            record.exc_info = record.exc_text = None
        return True


def _configure_our_own() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_to_standard_error,
        cache_logger_on_first_use=True,
    )


def _configure_the_others(app: Flask) -> None:
    root = logging.getLogger()
    if not any(isinstance(one, _ToStandardError) for one in root.handlers):
        handler = _ToStandardError()
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    # Flask adds a handler of its own to its logger unless one is already there.
    app.logger.handlers.clear()
    # The development server would write down the address and query of every request.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    gunicorn = logging.getLogger("gunicorn.error")
    if not any(isinstance(one, _NoTraces) for one in gunicorn.filters):
        gunicorn.addFilter(_NoTraces())


def init_logs(app: Flask) -> None:
    """Write JSON lines from the first line on."""
    _configure_our_own()
    _configure_the_others(app)
