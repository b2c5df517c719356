"""A questionnaire from a workbook, its losses told and accepted first; and one as a workbook."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import ValidationError
from werkzeug.wrappers import Response

from engage.accounts.current import person, secret_key
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.gettext import s_
from engage.questionnaires.actions import create_questionnaire
from engage.questionnaires.document import Document
from engage.questionnaires.forms.media import content_of
from engage.questionnaires.forms.whole import AcceptForm, ImportForm
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.queries import known_media
from engage.questionnaires.queries import version as find_version
from engage.questionnaires.refusals import Refused
from engage.questionnaires.routes.pages import blueprint, found_or_404, now, title_of, to_outline
from engage.questionnaires.xlsform import Imported, read_xlsform, write_xlsform
from engage.questionnaires.xlsform.media import media_of, without_media

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/c/<community>/questionnaires/import", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def import_workbook(community: Community) -> ResponseReturnValue:
    """Read a workbook and tell what would become of it; nothing is stored yet."""
    form = ImportForm()
    if form.validate_on_submit():
        file = form.file.data
        content, name = content_of(file), file.filename or ""
        imported = read_xlsform(content, name, community.default_language)
        if imported.document is not None:
            imported = without_media(imported, known_media(media_of(imported.document)))
        return _report(community, imported)
    return render_template("questionnaires/import.html", community=community, form=form)


def _report(community: Community, imported: Imported) -> ResponseReturnValue:
    form = AcceptForm(formdata=None)
    form.key.data = imported.key
    if imported.document is not None:
        content = imported.document.to_json()
        form.content.data = _serializer().dumps([content, bool(imported.losses)])
    return render_template(
        "questionnaires/imported.html",
        community=community,
        imported=imported,
        document=imported.document,
        heading=title_of(imported.document, imported.key) if imported.document else "",
        form=form,
    )


def _serializer() -> URLSafeSerializer:
    """Return what seals a document on its way through the browser, so that it comes back whole."""
    return URLSafeSerializer(secret_key(), salt="imported questionnaire")


@blueprint.post("/c/<community>/questionnaires/import/accept")
@requires(Permission.EDIT_QUESTIONNAIRES)
def accept_import(community: Community) -> ResponseReturnValue:
    """Make the questionnaire that was read, if its losses are accepted."""
    form = AcceptForm()
    try:
        content, has_losses = _serializer().loads(form.content.data or "")
        document = Document.model_validate_json(content)
    except (BadSignature, ValidationError, ValueError):
        again = ImportForm(formdata=None)
        again.file.errors = [s_("Choose the file again.")]
        html = render_template("questionnaires/import.html", community=community, form=again)
        return html, 400
    if form.validate_on_submit():
        if has_losses and not form.accept_losses.data:
            form.accept_losses.errors = [s_("Tick this, or change the workbook and try again.")]
        else:
            try:
                made = create_questionnaire(
                    community, form.key.data, document, now=now(), who=person()
                )
            except Refused as refused:
                form.key.errors = [refused.message]
            else:
                return to_outline(made, s_("The questionnaire is imported. Look it through."))
    return render_template(
        "questionnaires/imported.html",
        community=community,
        imported=Imported(document),
        has_losses=has_losses,
        document=document,
        heading=title_of(document, form.key.data or ""),
        form=form,
    )


@blueprint.get("/c/<community>/questionnaires/<key>/workbook")
@requires(Permission.VIEW_COMMUNITY)
def workbook(community: Community, key: str) -> Response:
    """Give out the draft, or a version of it, as an XLSForm workbook."""
    found = found_or_404(community, key)
    number = request.args.get("version", 0, int)
    document = _document(found, number)
    name = f"{found.key}-{number}.xlsx" if number else f"{found.key}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write_xlsform(document, found.key), headers=headers, content_type=_WORKBOOK)


def _document(found: Questionnaire, number: int) -> Document:
    """Return the draft, or the published version with this number."""
    if not number:
        return found.draft_document
    version = find_version(found, number)
    if version is None:
        abort(404)
    return version.document
