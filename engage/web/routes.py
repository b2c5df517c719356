"""The few addresses that belong to no room: light or dark, and is this machine well."""

from ipaddress import ip_address

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from engage.extensions import csrf
from engage.web.access import public
from engage.web.health import is_ready
from engage.web.preferences import choose_theme
from engage.web.requests import all_metrics

blueprint = Blueprint("web", __name__)
#: Set by any proxy in front: then the request only looks as if it came from this machine.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


@blueprint.post("/theme")
@csrf.exempt
@public
def set_theme() -> BaseResponse:
    """Remember light, dark or the system's choice."""
    return choose_theme(request.form.get("theme", ""))


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Answer: the process is alive."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """Answer whether this node can receive answers."""
    ready = is_ready()
    return Response(
        "ok\n" if ready else "not ready\n", 200 if ready else 503, mimetype="text/plain"
    )


def _is_local() -> bool:
    asked_by = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR")
    address = asked_by or request.remote_addr or ""
    forwarded = any(name in request.headers for name in _FORWARDED)
    return not forwarded and bool(address) and ip_address(address).is_loopback


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Show counts and times to this machine only."""
    if not _is_local():
        abort(404)
    return Response(all_metrics(), mimetype="text/plain")
