"""Publishing a version, the versions there are, and a questionnaire as a workbook."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.extensions import db
from engage.i18n.gettext import s_
from engage.i18n.languages import LANGUAGES
from engage.questionnaires.actions import NotReady, publish_version, withdraw_version
from engage.questionnaires.changes import KINDS, Change, differences
from engage.questionnaires.checking import languages_complete, missing_texts, problems_of
from engage.questionnaires.document import Document
from engage.questionnaires.forms.whole import PublishForm
from engage.questionnaires.models import Questionnaire, QuestionnaireVersion
from engage.questionnaires.outline import outline
from engage.questionnaires.places import PlaceNames
from engage.questionnaires.queries import last_version, reviews
from engage.questionnaires.queries import version as find_version
from engage.questionnaires.refusals import Refused
from engage.questionnaires.routes.pages import (
    back_to,
    blueprint,
    found_or_404,
    keep,
    now,
    source_of,
    title_of,
)
from engage.questionnaires.translation.states import counts_of, states_of


@blueprint.route("/c/<community>/questionnaires/<key>/publish", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def publish(community: Community, key: str) -> ResponseReturnValue:
    """Show what the next version changes, and publish it."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    form = PublishForm()
    refused = ""
    if form.validate_on_submit():
        if form.digest.data != document.digest:
            refused = s_("Somebody has changed the draft. Look at the changes again.")
        else:
            try:
                made = publish_version(
                    found, now=now(), who=person(), same_meaning=form.same_meaning.data
                )
            except Refused as error:
                db.session.rollback()
                refused = str(error.message) if not isinstance(error, NotReady) else ""
            else:
                keep(s_("Version %(number)s is published.", number=made.number))
                return back_to("questionnaires.version", found, number=made.number)
    form.digest.data = document.digest
    return _publish_page(found, document, form, refused)


def _publish_page(
    found: Questionnaire, document: Document, form: PublishForm, refused: str
) -> ResponseReturnValue:
    before = last_version(found)
    changes = differences(before.document, document) if before else []
    known, missing = reviews(found), missing_texts(document)
    html = render_template(
        "questionnaires/publish.html",
        community=found.community,
        questionnaire=found,
        heading=title_of(document, found.key),
        form=form,
        before=before,
        changes=_by_kind(changes),
        problems=problems_of(document),
        names=PlaceNames(document),
        languages=[
            (LANGUAGES[code], len(missing[code]), counts_of(states_of(document, code, known)))
            for code in document.languages
            if code in LANGUAGES
        ],
        source=source_of(document),
        refused=refused,
    )
    return html, 409 if refused else 200


def _by_kind(changes: list[Change]) -> list[tuple[str, list[Change]]]:
    """Return the changes by class, the weightiest first."""
    grouped = [(kind, [one for one in changes if one.kind == kind]) for kind in reversed(KINDS)]
    return [(kind, several) for kind, several in grouped if several]


def _version_or_404(found: Questionnaire, number: int) -> QuestionnaireVersion:
    version = find_version(found, number)
    if version is None:
        abort(404)
    return version


@blueprint.get("/c/<community>/questionnaires/<key>/versions/<int:number>")
@requires(Permission.VIEW_COMMUNITY)
def version(community: Community, key: str, number: int) -> ResponseReturnValue:
    """Show one published version, as it was."""
    found = found_or_404(community, key)
    one = _version_or_404(found, number)
    document = one.document
    before = find_version(found, number - 1)
    last = last_version(found)
    return render_template(
        "questionnaires/version.html",
        community=community,
        questionnaire=found,
        heading=title_of(document, found.key),
        version=one,
        versions=found.versions,
        is_last=last is not None and last.number == number,
        document=document,
        rows=outline(document),
        complete=languages_complete(document),
        changes=_by_kind(differences(before.document, document)) if before else [],
        source=source_of(document),
        names=PlaceNames(document),
    )


@blueprint.post("/c/<community>/questionnaires/<key>/versions/<int:number>/withdraw")
@requires(Permission.EDIT_QUESTIONNAIRES)
def withdraw(community: Community, key: str, number: int) -> ResponseReturnValue:
    """Take back the last version while no round uses it."""
    found = found_or_404(community, key, to_change=True)
    _version_or_404(found, number)
    try:
        withdraw_version(found, number, now=now(), who=person())
    except Refused as refused:
        db.session.rollback()
        keep(str(refused.message))
        return back_to("questionnaires.version", found, number=number)
    keep(s_("Version %(number)s is taken back.", number=number))
    return back_to("questionnaires.questionnaire", found)
