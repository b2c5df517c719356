"""Texts say what to do; they do not scold, apologise or beg (R-17), in any language."""

import re

import pytest

from tests.conventions.sources import nothing
from translations.catalogues import DOMAINS, extract, read

#: Whole words, or beginnings of words where a hyphen ends them.
FORBIDDEN = {
    "en": "invalid forbidden illegal oops sorry please",
    "sv": "ogiltig- otillåt- förbjud- olaglig- hoppsan förlåt tyvärr vänligen snälla ursäkta",
    "da": "ugyldig- forbudt ulovlig- ups undskyld beklage- desværre venligst",
    "fi": "virheelli- kielletty- laiton laittom- hups anteeksi valitettavasti pahoittel-",
    "ar": "ممنوع- محظور عذرا عذرًا آسف- نأسف الرجاء يرجى رجاء فضلك",
    "fa": "نامعتبر ممنوع غیرقانونی متأسف- متاسف- ببخشید لطفا لطفاً",
    "so": "mamnuuc- fadlan raalli raali",
}


def _pattern(code):
    words = [
        re.escape(word.removesuffix("-")) + (r"\w*" if word.endswith("-") else "")
        for word in FORBIDDEN[code].split()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _words(value):
    return value if isinstance(value, (list, tuple)) else [value]


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.name)
def test_the_texts_of_the_code_tell_what_to_do(domain):
    forbidden = _pattern("en")
    texts = [text for message in extract(domain) if message.id for text in _words(message.id)]
    nothing([text for text in texts if forbidden.search(text)], "Say what to do instead:")


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.name)
def test_the_translations_tell_what_to_do(domain):
    found = [
        f"{code}: {text}"
        for code in domain.codes()
        for message in read(domain, code)
        if message.id
        for text in _words(message.string)
        if text and _pattern(code).search(text)
    ]
    nothing(found, "Say what to do instead:")


def test_the_word_lists_find_words():
    assert _pattern("sv").search("Ett ogiltigt svar")
    assert not _pattern("da").search("Upsala")
    assert _pattern("ar").search("يرجى الاختيار")
