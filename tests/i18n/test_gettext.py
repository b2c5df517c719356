"""Words come from two catalogues, are filled by name, and are escaped in HTML."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import render_template_string
from markupsafe import Markup

from engage.i18n import gettext as words
from engage.i18n.current import use_language
from engage.i18n.gettext import lazy_gettext, s_lazy

pytestmark = pytest.mark.sqlite_only


def _write(folder, code, domain, messages):
    catalogue = Catalog(locale=code.replace("-", "_"))
    for one in messages:
        catalogue.add(**one)
    path = folder / code / "LC_MESSAGES" / f"{domain}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    path.write_bytes(buffer.getvalue())


@pytest.fixture
def swedish(make_app, tmp_path, monkeypatch):
    """Return an app with a small Swedish, Arabic and Persian catalogue."""
    plural = ("%(num)s answer", "%(num)s answers")
    _write(
        tmp_path,
        "sv",
        "messages",
        [
            {"id": "Continue", "string": "Fortsätt"},
            {"id": "Hello %(name)s", "string": "Hej %(name)s"},
            {"id": "Back", "string": "Tillbaka", "context": "direction"},
            {"id": plural, "string": ("%(num)s svar", "%(num)s svar")},
        ],
    )
    _write(tmp_path, "sv", "staff", [{"id": "Continue", "string": "Gå vidare"}])
    # In the order of Babel's own Plural-Forms for Arabic, where 100 comes before 11.
    arabic = [f"{form}: %(num)s" for form in ("zero", "one", "two", "few", "other", "many")]
    _write(tmp_path, "ar", "messages", [{"id": plural, "string": tuple(arabic)}])
    _write(tmp_path, "fa", "messages", [{"id": plural, "string": ("%(num)s پاسخ",) * 2}])
    for domain in (words._messages, words._staff):
        monkeypatch.setattr(domain, "cache", {})
    app = make_app(BABEL_TRANSLATION_DIRECTORIES=str(tmp_path))
    with app.app_context():
        yield app


def test_residents_and_staff_have_words_of_their_own(swedish):
    with use_language("sv"):
        assert words._("Continue") == "Fortsätt"
        assert words.s_("Continue") == "Gå vidare"
        assert words.pgettext("direction", "Back") == "Tillbaka"
        assert words.gettext("Back") == "Back"


def test_a_language_without_words_speaks_english(swedish):
    with use_language("ti"):
        assert words._("Continue") == "Continue"


def test_values_are_filled_in_by_name(swedish):
    with use_language("sv"):
        assert words._("Hello %(name)s", name="100 %") == "Hej 100 %"


def test_counts_follow_the_plural_and_the_digits_of_the_language(swedish):
    with use_language("sv"):
        assert words.ngettext("%(num)s answer", "%(num)s answers", 1200) == "1\u00a0200 svar"
    with use_language("fa"):
        assert words.ngettext("%(num)s answer", "%(num)s answers", 12) == "۱۲ پاسخ"
    with use_language("ar"):
        found = [
            words.ngettext("%(num)s answer", "%(num)s answers", number).split(":")[0]
            for number in (0, 1, 2, 3, 11, 100)
        ]
        assert found == ["zero", "one", "two", "few", "many", "other"]


def test_a_lazy_word_is_translated_when_it_is_shown(swedish):
    word, staff = lazy_gettext("Continue"), s_lazy("Continue")
    with use_language("sv"):
        assert str(word) == "Fortsätt"
        assert str(staff) == "Gå vidare"
    with use_language("en"):
        assert str(word) == "Continue"


def test_templates_escape_the_words_and_the_values_but_not_markup(swedish):
    template = "{{ _('Hello %(name)s', name=name) }} {{ lazy }}"
    with use_language("sv"):
        shown = render_template_string(template, name="<b>", lazy=lazy_gettext("<i>"))
        assert shown == "Hej &lt;b&gt; &lt;i&gt;"
        shown = render_template_string(template, name=Markup("<bdi>Ali</bdi>"), lazy="")
        assert shown == "Hej <bdi>Ali</bdi> "


def test_templates_know_all_the_names(swedish):
    template = (
        "{{ _('Continue') }} {{ s_('Continue') }} {{ pgettext('direction', 'Back') }} "
        "{{ ngettext('%(num)s answer', '%(num)s answers', 3) }} "
        "{{ sn_('%(num)s answer', '%(num)s answers', 3) }} "
        "{% trans name='Ali' %}Hello {{ name }}{% endtrans %}"
    )
    with use_language("sv"):
        shown = render_template_string(template)
    assert shown == "Fortsätt Gå vidare Tillbaka 3 svar 3 answers Hej Ali"


def test_a_filter_on_a_constant_is_not_frozen_in_the_first_language(swedish):
    template = swedish.jinja_env.from_string("{{ 1200|number }}")
    with use_language("sv"):
        assert template.render() == "1\u00a0200"
    with use_language("en"):
        assert template.render() == "1,200"
