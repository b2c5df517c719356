"""The sentence that stands above the figures of a question, in the own words of staff."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.current import person
from engage.communities.forms import TextsForm, text_values, with_texts
from engage.communities.models import Community
from engage.communities.naming import plain_text
from engage.communities.permissions import Permission, requires
from engage.extensions import db
from engage.i18n.current import current_language
from engage.i18n.gettext import s_, s_lazy
from engage.i18n.languages import languages_for
from engage.responses.models import Round
from engage.responses.rounds.queries import round_in
from engage.results.actions import write_finding
from engage.results.queries import written_findings
from engage.results.wording import Reader
from engage.web.messages import tell
from engage.web.pages import page_blueprint

blueprint = page_blueprint("findings", __name__, "/c/<community>/rounds/<slug>/results/findings")
#: As long as what is read at a glance.
_LONGEST = 300


@blueprint.route("/<key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUNDS)
def finding(community: Community, slug: str, key: str) -> ResponseReturnValue:
    """Show the sentence of a question in every language, and let staff change it."""
    found = round_in(community, slug)
    question = found.version.document.questions.get(key) if found else None
    if found is None or found.opened_at is None or question is None:
        abort(404)
    form = _form(found, key)
    if form.validate_on_submit():
        write_finding(found, key, form.text("words"), who=person(), now=datetime.now(UTC))
        db.session.commit()
        tell(s_("Saved. The sentence stands above the figures now."))
        page = url_for("results.results", community=community.slug, round=found.slug)
        return redirect(f"{page}#q-{key}", code=303)
    reader = Reader(current_language().code, tuple(found.languages))
    return render_template(
        "results/finding.html",
        community=community,
        round=found,
        name=plain_text(found.name, found.languages),
        label=reader.label(question.label, key=key),
        key=key,
        form=form,
    )


def _form(found: Round, key: str) -> TextsForm:
    labels = {"words": s_lazy("Sentence in %(language)s")}
    languages = languages_for(found.languages)
    written = {question: words for question, words, _day in written_findings(found.id)}
    made = with_texts(TextsForm, labels, languages, "", longest=_LONGEST)
    return made(data=text_values("words", written.get(key, {})))
