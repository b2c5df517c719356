"""Pictures and recordings: uploaded, taken away, and given out by their digest."""

import re

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.gettext import s_
from engage.i18n.languages import LANGUAGES
from engage.questionnaires.actions import save_draft
from engage.questionnaires.actions.media import keep_picture, keep_recording
from engage.questionnaires.document import Choice, Document, Question
from engage.questionnaires.editing import with_item, with_list
from engage.questionnaires.forms.media import PictureForm, RecordingForm, content_of
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.pictures import PictureError
from engage.questionnaires.queries import media as find_media
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.recordings import RecordingError
from engage.questionnaires.routes.pages import (
    back_to,
    blueprint,
    found_or_404,
    item_or_404,
    keep,
    source_of,
)
from engage.web.access import public

_DIGEST = re.compile(r"[0-9a-f]{64}")
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
}


@public
def media(digest: str) -> BaseResponse:
    """Give out a picture or a recording; what a digest names never changes."""
    found = find_media(digest) if _DIGEST.fullmatch(digest) else None
    if found is None:
        abort(404)
    response = Response(found.content, content_type=found.media_type, headers=_HEADERS)
    response.set_etag(digest[:20])
    return response.make_conditional(
        request, accept_ranges=True, complete_length=len(found.content)
    )


@blueprint.route(
    "/c/<community>/questionnaires/<key>/items/<item_key>/media", methods=["GET", "POST"]
)
@requires(Permission.EDIT_QUESTIONNAIRES)
def item_media(community: Community, key: str, item_key: str) -> ResponseReturnValue:
    """Give a question a picture, and a recording in each language."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    question = item_or_404(document, item_key)
    if not isinstance(question, Question):
        abort(404)
    picture, recording = PictureForm(), _recording_form(document)
    changed = _changed_question(question, picture, recording)
    if changed is not None:
        save_draft(found, with_item(document, changed), who=person())
        keep(s_("Saved"))
        return back_to("questionnaires.item_media", found, item_key=item_key)
    return render_template(
        "questionnaires/item_media.html",
        community=community,
        questionnaire=found,
        question=question,
        picture=picture,
        recording=recording,
        names={code: LANGUAGES[code].autonym for code in question.audio if code in LANGUAGES},
        source=source_of(document),
    )


def _recording_form(document: Document) -> RecordingForm:
    known = [LANGUAGES[code] for code in document.languages if code in LANGUAGES]
    return RecordingForm(languages=known)


def _changed_question(
    question: Question, picture: PictureForm, recording: RecordingForm
) -> Question | None:
    """Do what was pressed; None where nothing was, or it could not be done."""
    do = request.form.get("do", "") if request.method == "POST" else ""
    if do == "remove_picture":
        return remade(question, image="")
    if do == "remove_recording":
        gone = request.form.get("language")
        audio = {code: name for code, name in question.audio.items() if code != gone}
        return remade(question, audio=audio)
    if do == "picture":
        digest = _uploaded_picture(picture)
        return remade(question, image=digest) if digest else None
    if do == "recording" and recording.validate_on_submit():
        try:
            digest = keep_recording(content_of(recording.recording.data))
        except RecordingError as error:
            recording.recording.errors = [error.message]
            return None
        return remade(question, audio={**question.audio, recording.language.data: digest})
    return None


def _uploaded_picture(form: PictureForm) -> str:
    """Return the digest of the picture that was sent, or nothing, with the reason in the form."""
    if not form.validate_on_submit():
        return ""
    try:
        return keep_picture(content_of(form.picture.data))
    except PictureError as error:
        form.picture.errors = [error.message]
        return ""


@blueprint.route(
    "/c/<community>/questionnaires/<key>/choices/<name>/picture/<path:choice_key>",
    methods=["GET", "POST"],
)
@requires(Permission.EDIT_QUESTIONNAIRES)
def choice_media(community: Community, key: str, name: str, choice_key: str) -> ResponseReturnValue:
    """Give a choice a picture."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    listed = document.choice_lists.get(name)
    choice = listed.by_key.get(choice_key) if listed else None
    if choice is None:
        abort(404)
    form = PictureForm()
    do = request.form.get("do", "") if request.method == "POST" else ""
    digest = _uploaded_picture(form) if do == "picture" else ""
    if digest or do == "remove_picture":
        _put_picture(found, name, choice, digest)
        keep(s_("Saved"))
        return back_to("questionnaires.choice", found, name=name, choice_key=choice_key)
    return render_template(
        "questionnaires/choice_media.html",
        community=community,
        questionnaire=found,
        name=name,
        choice=choice,
        form=form,
        source=source_of(document),
    )


def _put_picture(found: Questionnaire, name: str, choice: Choice, digest: str) -> None:
    document = found.draft_document
    changed = [
        remade(each, image=digest) if each.key == choice.key else each
        for each in document.choice_lists[name].choices
    ]
    save_draft(found, with_list(document, name, changed), who=person())
