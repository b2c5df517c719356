"""Lists of choices: made, filled one by one or pasted, put in order, renamed, taken away."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.models import Community
from engage.communities.permissions import Permission, requires
from engage.i18n.gettext import s_, sn_
from engage.questionnaires.actions import save_draft
from engage.questionnaires.changes import differences
from engage.questionnaires.document import Choice, Document
from engage.questionnaires.editing import (
    free_key,
    users_of_list,
    with_list,
    without_list,
)
from engage.questionnaires.forms.choices import (
    ChoiceForm,
    ListForm,
    PasteForm,
    choice_form,
    choice_from,
    pasted,
)
from engage.questionnaires.forms.words import speak, with_words
from engage.questionnaires.models import Questionnaire
from engage.questionnaires.queries import last_version
from engage.questionnaires.rebuilding import remade
from engage.questionnaires.routes.pages import (
    back_to,
    blueprint,
    found_or_404,
    keep,
    source_of,
    title_of,
)
from engage.questionnaires.routes.parts import Taken, as_opened, taken

_A_PAGE = 50


@blueprint.route("/c/<community>/questionnaires/<key>/choices", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def lists(community: Community, key: str) -> ResponseReturnValue:
    """Show the lists of choices, and make a new one."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    form = ListForm(taken=document.choice_lists)
    if form.validate_on_submit():
        save_draft(found, with_list(document, form.name.data, ()), who=person())
        keep(s_("The list is made. Put choices into it."))
        return back_to("questionnaires.choices", found, name=form.name.data)
    return render_template(
        "questionnaires/lists.html",
        community=community,
        questionnaire=found,
        heading=title_of(document, found.key),
        lists=[
            (name, each.choices, users_of_list(document, name))
            for name, each in document.choice_lists.items()
        ],
        form=form,
    )


def _choices_or_404(document: Document, name: str) -> tuple[Choice, ...]:
    if name not in document.choice_lists:
        abort(404)
    return document.choice_lists[name].choices


@blueprint.route("/c/<community>/questionnaires/<key>/choices/<name>", methods=["GET", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def choices(community: Community, key: str, name: str) -> ResponseReturnValue:
    """Show one list page by page, and take pasted choices."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    listed = _choices_or_404(document, name)
    form = PasteForm()
    speak(form, ["lines"], source_of(document))
    if form.validate_on_submit() and form.lines.data:
        added = with_pasted(listed, form.lines.data, source_of(document))
        save_draft(found, with_list(document, name, added), who=person())
        number = len(added) - len(listed)
        keep(sn_("%(num)s choice is added.", "%(num)s choices are added.", number))
        return back_to("questionnaires.choices", found, name=name)
    pages = max(1, -(-len(listed) // _A_PAGE))
    page = min(max(request.args.get("page", 1, int), 1), pages)
    start = (page - 1) * _A_PAGE
    return render_template(
        "questionnaires/choices.html",
        community=community,
        questionnaire=found,
        name=name,
        listed=listed[start : start + _A_PAGE],
        total=len(listed),
        page=page,
        pages=pages,
        address=lambda number: url_for(
            "questionnaires.choices", community=community.slug, key=key, name=name, page=number
        ),
        users=users_of_list(document, name),
        source=source_of(document),
        form=form,
    )


def with_pasted(listed: tuple[Choice, ...], lines: str, language: str) -> list[Choice]:
    """Return a list with pasted choices: known keys get the words, new ones go to the end."""
    made = {choice.key: choice for choice in listed}
    for key, words in pasted(lines):
        known = key or free_key(words, made, "choice")
        before = made.get(known, Choice(key=known))
        made[known] = remade(before, label=with_words(before.label, language, words))
    return list(made.values())


@blueprint.post("/c/<community>/questionnaires/<key>/choices/<name>/remove")
@requires(Permission.EDIT_QUESTIONNAIRES)
def remove_list(community: Community, key: str, name: str) -> ResponseReturnValue:
    """Take a list away that no question uses."""
    found = found_or_404(community, key, to_change=True)
    document = found.draft_document
    _choices_or_404(document, name)
    if users_of_list(document, name):
        keep(s_("A question uses this list, so it stays."))
        return back_to("questionnaires.choices", found, name=name)
    save_draft(found, without_list(document, name), who=person())
    keep(s_("The list is taken away."))
    return back_to("questionnaires.lists", found)


@blueprint.post("/c/<community>/questionnaires/<key>/choices/<name>/move/<path:choice_key>")
@requires(Permission.EDIT_QUESTIONNAIRES)
def move_choice(community: Community, key: str, name: str, choice_key: str) -> ResponseReturnValue:
    """Move a choice one place up or down."""
    step = {"up": -1, "down": 1}.get(request.form.get("direction", ""))
    found = found_or_404(community, key, to_change=True)
    order = list(_choices_or_404(found.draft_document, name))
    at = _index(order, choice_key)
    if step is None:
        abort(400)
    to = at + step
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        save_draft(found, with_list(found.draft_document, name, order), who=person())
    keep()
    page = to // _A_PAGE + 1
    return back_to("questionnaires.choices", found, name=name, page=page if page > 1 else None)


def _index(order: list[Choice], choice_key: str) -> int:
    keys = [choice.key for choice in order]
    if choice_key not in keys:
        abort(404)
    return keys.index(choice_key)


@blueprint.route(
    "/c/<community>/questionnaires/<key>/choices/<name>/edit/<path:choice_key>",
    methods=["GET", "POST"],
)
@requires(Permission.EDIT_QUESTIONNAIRES)
def choice(community: Community, key: str, name: str, choice_key: str) -> ResponseReturnValue:
    """Edit one choice; its key stays."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    order = list(_choices_or_404(document, name))
    at = _index(order, choice_key)
    language, current = source_of(document), order[at]
    form = choice_form(current, language)
    outcome = None
    if form.validate_on_submit():
        outcome = taken(form, current, lambda opened: choice_from(form, opened, language))
        if not outcome.clashes:
            order[at] = outcome.part
            save_draft(found, with_list(document, name, order), who=person())
            keep(s_("Saved"))
            return back_to("questionnaires.choices", found, name=name)
    elif request.method == "GET":
        form.opened.data = as_opened(current)
    return _choice_page(found, name, current, form, outcome)


def _choice_page(
    found: Questionnaire, name: str, current: Choice, form: ChoiceForm, outcome: Taken | None
) -> ResponseReturnValue:
    html = render_template(
        "questionnaires/choice.html",
        community=found.community,
        questionnaire=found,
        name=name,
        choice=current,
        form=form,
        clashes=outcome.clashes if outcome else (),
        source=source_of(found.draft_document),
    )
    return html, 409 if outcome else 200


@blueprint.route(
    "/c/<community>/questionnaires/<key>/choices/<name>/take/<path:choice_key>",
    methods=["GET", "POST"],
)
@requires(Permission.EDIT_QUESTIONNAIRES)
def remove_choice(
    community: Community, key: str, name: str, choice_key: str
) -> ResponseReturnValue:
    """Take a choice away, after a warning where it may have been answered."""
    found = found_or_404(community, key, to_change=request.method == "POST")
    document = found.draft_document
    order = list(_choices_or_404(document, name))
    current = order.pop(_index(order, choice_key))
    changed = with_list(document, name, order)
    if request.method == "POST":
        save_draft(found, changed, who=person())
        keep(s_("The choice is taken away."))
        return back_to("questionnaires.choices", found, name=name)
    version = last_version(found)
    breaking = version is not None and any(
        change.kind == "breaking" for change in differences(version.document, changed)
    )
    return render_template(
        "questionnaires/remove_choice.html",
        community=community,
        questionnaire=found,
        name=name,
        choice=current,
        breaking=breaking,
        users=users_of_list(document, name),
        source=source_of(document),
    )
