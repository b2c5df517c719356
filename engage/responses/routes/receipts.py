"""The receipt: it arrived, what happens next and, in code mode, the code."""

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engage.extensions import csrf
from engage.responses.meeting import render, round_or_404, secret
from engage.responses.receipts import receipt_code
from engage.responses.visits import kept_receipt
from engage.web.access import public
from engage.web.pages import page_blueprint

blueprint: Blueprint = page_blueprint("receipts", __name__)


@blueprint.get("/r/<slug>/receipt")
@public
def receipt(slug: str) -> ResponseReturnValue:
    """Show the receipt of this browser; without one, say what can be done."""
    offered = round_or_404(slug)
    visit = kept_receipt(slug)
    if visit is None:
        return render("no_receipt", offered)
    code = receipt_code(secret(), visit.key) if offered.round.mode == "code" else ""
    return render("receipt", offered, visit=visit, code=code)


@blueprint.post("/r/<slug>/finish")
@csrf.exempt
@public
def finish(slug: str) -> ResponseReturnValue:
    """Leave nothing on a phone or tablet that is somebody else's, and go back to the start."""
    visit = kept_receipt(slug)
    channel = visit.channel if visit else request.form.get("c", "")
    session.clear()
    response = redirect(url_for("addresses.languages", slug=slug, c=channel or None), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
