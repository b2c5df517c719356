"""Which language a page speaks: the address decides, English stands in where words are missing."""

import pytest

from engage.i18n.current import current_language, current_locale, interface_language, use_language

pytestmark = pytest.mark.sqlite_only


def test_outside_of_a_page_the_installation_speaks_its_own_language(make_app):
    with make_app(DEFAULT_LANGUAGE="da").app_context():
        assert current_language().code == "da"
        assert str(current_locale()) == "da"


def test_a_language_without_a_catalogue_gets_english_words_and_formats(app):
    with use_language("ti"):
        assert current_language().code == "ti"
        assert interface_language().code == "en"
        assert str(current_locale()) == "en"


def test_dari_uses_the_persian_catalogue_with_its_own_dates(app):
    with use_language("fa-AF"):
        assert interface_language().code == "fa"
        assert str(current_locale()) == "fa_AF"


def test_staff_pages_speak_english_where_they_are_not_translated(app):
    with use_language("fi", for_staff=True):
        assert interface_language().code == "en"
    with use_language("da", for_staff=True):
        assert interface_language().code == "da"


def test_another_language_is_spoken_for_a_while_only(app):
    with use_language("sv"):
        with use_language("ar", for_staff=True):
            assert current_language().code == "ar"
        assert current_language().code == "sv"
        assert interface_language().code == "sv"
    assert current_language().code == app.config["DEFAULT_LANGUAGE"]


def test_an_unknown_code_is_an_error_of_the_caller(app):
    with pytest.raises(KeyError), use_language("xx"):
        pass
