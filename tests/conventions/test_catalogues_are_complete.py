"""Every text is translated, whole and in every plural form, to each language of its readers."""

import re
import unicodedata
from collections import Counter

import pytest

from tests.conventions.sources import nothing
from translations.catalogues import DOMAINS, extract, is_translated, path_of, read, written

CATALOGUES = [
    pytest.param(domain, code, id=f"{domain.name}-{code}")
    for domain in DOMAINS
    for code in domain.codes()
]
#: How many forms a number gives a noun (CLDR).
PLURAL_FORMS = {"ar": 6, "da": 2, "fa": 2, "fi": 2, "so": 2, "sv": 2}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


def _strings(message):
    words = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return [word for word in words if word]


def _texts(message):
    return list(message.id) if isinstance(message.id, (list, tuple)) else [message.id]


def _digits(text):
    plain = PLACEHOLDER.sub("", text)
    return Counter(unicodedata.digit(letter) for letter in plain if letter.isdigit())


def _faults(message):
    source, plural = _texts(message)[-1], len(_texts(message)) > 1
    wanted = Counter(PLACEHOLDER.findall(source))
    for words in _strings(message):
        found = Counter(PLACEHOLDER.findall(words))
        # A form that is for one number alone may say that number in words, or not at all.
        missing = wanted - found - (Counter({"%(num)s": 1, "%(num)d": 1}) if plural else Counter())
        if missing or found - wanted:
            yield f"placeholders {sorted(found)} instead of {sorted(wanted)}: {words}"
        if "%" in PLACEHOLDER.sub("", words).replace("%%", "") and wanted:
            yield f"a lone % sign: {words}"
        if sorted(re.findall(r"<[^>]+>", words)) != sorted(re.findall(r"<[^>]+>", source)):
            yield f"other markup than “{source}”: {words}"
        if not plural and _digits(words) != _digits(source):
            yield f"other digits than “{source}”: {words}"
        if words != words.strip() and source == source.strip():
            yield f"spaces around: “{words}”"


@pytest.mark.parametrize(("domain", "code"), CATALOGUES)
def test_every_text_is_translated(domain, code):
    catalog, template = read(domain, code), extract(domain)
    lacking = []
    for message in template:
        if message.id:
            known = catalog.get(_texts(message)[0], message.context)
            if known is None or not is_translated(known):
                lacking.append(_texts(message)[0])
    nothing(
        lacking, f"{len(lacking)} of {len(template)} texts lack words ({path_of(domain, code)}):"
    )


@pytest.mark.parametrize(("domain", "code"), CATALOGUES)
def test_translations_fit_their_texts(domain, code):
    faults = [fault for message in read(domain, code) if message.id for fault in _faults(message)]
    nothing(faults, "A translation keeps placeholders, markup and digits:")


@pytest.mark.parametrize(("domain", "code"), CATALOGUES)
def test_plurals_have_every_form(domain, code):
    catalog = read(domain, code)
    assert catalog.num_plurals == PLURAL_FORMS[code]
    short = [m.id[0] for m in catalog if m.pluralizable and len(_strings(m)) != PLURAL_FORMS[code]]
    nothing(short, "A plural form is missing:")


@pytest.mark.parametrize(("domain", "code"), CATALOGUES)
def test_catalogues_are_as_the_tool_writes_them(domain, code):
    catalog = read(domain, code)
    catalog.update(extract(domain), no_fuzzy_matching=True)
    path = path_of(domain, code)
    stored = path.read_bytes() if path.exists() else b""
    assert stored == written(domain, catalog), "run: make translations"
