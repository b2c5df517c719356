"""How gunicorn serves Engage: synchronous workers, and no log of who asked for what."""

import gc
import os
from typing import Any

from sqlalchemy.orm import configure_mappers

wsgi_app = "wsgi:app"
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * (os.cpu_count() or 1) + 1))
#: The app is loaded once and shared by the workers, so that a killed one is replaced at once.
preload_app = True
timeout = 60
graceful_timeout = 30
#: Workers are renewed now and then, not all together, so that no leak grows for ever.
max_requests = 20_000
max_requests_jitter = 2_000
#: Where a worker shows that it lives: in memory, since a disk that writes answers makes it wait.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
#: What the server writes is its own alone to read.
umask = 0o077
#: No socket through which others could steer it.
control_socket_disable = True
#: No access log: addresses, query strings and user agents are not kept (docs/deploy.md).
accesslog = None
errorlog = "-"
loglevel = "warning"


def pre_fork(_server: Any, _worker: Any) -> None:
    """Work out beforehand what the first request would; and keep it from the garbage collector.

    What is loaded now never becomes garbage, and looking through it costs each send a tenth of its
    time.
    """
    configure_mappers()
    gc.collect()
    gc.freeze()
    # What a request leaves behind is freed without it, but for what refers to itself.
    gc.set_threshold(20_000, 20, 50)


def post_request(_worker: Any, request: Any, _environ: Any, response: Any) -> None:
    """Hang up once a request is read and answered, whole.

    gunicorn waits up to 2 s for the phone to hang up first, and serves nobody meanwhile. That keeps
    an answer safe while something is left to be read, so then it may.
    """
    is_read = getattr(request.body.reader, "length", None) == 0
    if is_read and response is not None and response.headers_sent:
        request.unreader.sock.close()
