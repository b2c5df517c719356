"""Questions, groups and repeats of the draft: added, edited, moved, taken away."""

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from wtforms import Form as SettingsForm

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.gettext import s_
from engage.questionnaires.actions import save_draft
from engage.questionnaires.checking import problems_of
from engage.questionnaires.document import Document, Group, Item, Question, Repeat
from engage.questionnaires.editing import (
    free_key,
    item_of,
    keys_of,
    moved,
    readers_of,
    with_added,
    with_item,
    without_item,
)
from engage.questionnaires.forms.items import (
    CONTAINERS,
    AddForm,
    ContainerForm,
    QuestionForm,
    container_from,
    data_of_container,
    data_of_question,
    question_from,
)
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.outline import condition_words
from engage.questionnaires.question_types import QUESTION_TYPES
from engage.questionnaires.routes.pages import (
    back_to,
    blueprint,
    found_or_404,
    item_or_404,
    keep,
    source_of,
    to_outline,
)
from engage.questionnaires.routes.parts import Taken, as_opened, taken
from engage.web.messages import tell

_CONDITIONS = ("relevant", "times", "choice_filter", "constraint", "calculation")


@blueprint.route("/c/<community>/questionnaires/<key>/add", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def add(community: Community, key: str) -> ResponseReturnValue:
    """Add a question, a group or a repeat."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    language = source_of(document)
    form = AddForm(taken=keys_of(document), language=language)
    if request.method == "GET":
        form.into.data, form.after.data = request.args.get("into"), request.args.get("after")
    if form.validate_on_submit():
        item = _new_item(form, document, language)
        into, after = form.into.data or "", form.after.data or ""
        save_draft(found, with_added(document, item, into, after), who=person())
        keep(s_("Added. Now say the rest."))
        return back_to("questionnaires.item", found, item_key=item.key)
    return render_template(
        "questionnaires/add.html",
        community=community,
        questionnaire=found,
        form=form,
        types=QUESTION_TYPES,
    )


def _new_item(form: AddForm, document: Document, language: str) -> Item:
    words = form.words.data or ""
    key = form.key.data or free_key(words, keys_of(document), "q")
    text = {language: words} if words else {}
    if form.kind.data in CONTAINERS:
        made: type[Group] | type[Repeat] = Group if form.kind.data == "group" else Repeat
        return made(key=key, title=text)
    kind = QUESTION_TYPES[form.kind.data]
    offered = kind.is_asked
    return Question(key=key, type=kind.name, label=text, dont_know=False, prefer_not=offered)


@blueprint.route("/c/<community>/questionnaires/<key>/items/<item_key>", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def item(community: Community, key: str, item_key: str) -> ResponseReturnValue:
    """Edit a question, a group or a repeat."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    current = item_or_404(found.draft_document, item_key)
    if isinstance(current, Question):
        return _edit_question(found, current)
    return _edit_container(found, current)


def _edit_container(found: Questionnaire, current: Group | Repeat) -> ResponseReturnValue:
    language = source_of(found.draft_document)
    form = ContainerForm(data=data_of_container(current, language)).fit(current, language)
    outcome = None
    if form.validate_on_submit():
        outcome = taken(form, current, lambda opened: container_from(form, opened, language))
        if not outcome.clashes:
            return _save(found, outcome.part)
    elif request.method == "GET":
        form.opened.data = as_opened(current)
    return _page(found, current, form, None, outcome)


def _edit_question(found: Questionnaire, current: Question) -> ResponseReturnValue:
    document = found.draft_document
    language = source_of(document)
    form = QuestionForm(data=data_of_question(current, language)).fit(document, current, language)
    settings = _settings_form(current, language)
    outcome = None
    if request.method == "POST" and form.validate_on_submit() & settings.validate():
        outcome = taken(form, current, lambda opened: _typed(form, settings, opened, language))
        if not outcome.clashes:
            return _save(found, outcome.part)
    elif request.method == "GET":
        form.opened.data = as_opened(current)
    return _page(found, current, form, settings, outcome)


def _typed(form: QuestionForm, settings: SettingsForm, opened: Question, language: str) -> Question:
    kind = QUESTION_TYPES.get(opened.type)
    made = opened.settings
    if kind is not None:
        readable = opened if _is_readable(opened) else _without_settings(opened)
        made = kind.settings_from_form(readable, settings.data, language)
    return question_from(form, opened, made, language)


def _settings_form(question: Question, language: str) -> SettingsForm:
    """Return the form of what the type asks for, filled with the settings if they can be read."""
    kind = QUESTION_TYPES.get(question.type)
    if kind is None:
        return SettingsForm()
    readable = question if _is_readable(question) else _without_settings(question)
    sent = request.form if request.method == "POST" else None
    data = kind.settings_data(readable, language)
    made: SettingsForm = kind.settings_form(sent, data=data, prefix="setting-")
    return made


def _is_readable(question: Question) -> bool:
    try:
        QUESTION_TYPES[question.type].settings(question)
    except ValidationError:
        return False
    return True


def _without_settings(question: Question) -> Question:
    return question.model_copy(update={"settings": {}})


def _save(found: Questionnaire, changed: Item) -> ResponseReturnValue:
    save_draft(found, with_item(found.draft_document, changed), who=person())
    return to_outline(found, s_("Saved"), anchor=f"item-{changed.key}")


def _page(
    found: Questionnaire,
    current: Item,
    form: QuestionForm | ContainerForm,
    settings: SettingsForm | None,
    outcome: Taken | None,
) -> ResponseReturnValue:
    document = found.draft_document
    kind = QUESTION_TYPES.get(current.type) if isinstance(current, Question) else None
    fields = [name for name in _CONDITIONS if hasattr(current, name)]
    html = render_template(
        "questionnaires/item.html",
        community=found.community,
        questionnaire=found,
        document=document,
        item=current,
        type=kind,
        form=form,
        settings=settings,
        clashes=outcome.clashes if outcome else (),
        conditions={name: condition_words(document, current, name) for name in fields},
        problems=[one for one in problems_of(document) if one.key == current.key],
        source=source_of(document),
    )
    return html, 409 if outcome else 200


@blueprint.post("/c/<community>/questionnaires/<key>/items/<item_key>/move")
@requires(Permission.EDIT_QUESTIONNAIRES)
def move(community: Community, key: str, item_key: str) -> ResponseReturnValue:
    """Move an item one place up or down, into and out of groups too."""
    step = {"up": -1, "down": 1}.get(request.form.get("direction", ""))
    found = found_or_404(community, key, to_change=True)
    item_or_404(found.draft_document, item_key)
    if step is None:
        abort(400)
    save_draft(found, moved(found.draft_document, item_key, step), who=person())
    return to_outline(found, anchor=f"item-{item_key}")


@blueprint.route(
    "/c/<community>/questionnaires/<key>/items/<item_key>/remove", methods=["GET", "POST"]
)
@requires(Permission.EDIT_QUESTIONNAIRES)
def remove(community: Community, key: str, item_key: str) -> ResponseReturnValue:
    """Take an item out of the draft, after saying what else depends on it."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    if request.method == "POST":
        if item_of(document, item_key) is None:
            tell(s_("Somebody else has taken it out already."))
        save_draft(found, without_item(document, item_key), who=person())
        return to_outline(found, s_("Taken out. Versions that are published keep it."))
    values: dict[str, Any] = {"item": item_or_404(document, item_key)}
    return render_template(
        "questionnaires/remove.html",
        community=community,
        questionnaire=found,
        document=document,
        readers=[item_of(document, reader) for reader in readers_of(document, item_key)],
        source=source_of(document),
        **values,
    )
