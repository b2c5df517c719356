"""Which language a heading means: by code, own name, English name, or what others call it."""

import unicodedata
from functools import lru_cache

import regex
from babel import Locale
from babel.core import get_global

from engage.i18n.languages import LANGUAGES, language_or_none

#: In these languages authors of forms name other languages: their words are Babel's.
_NAMED_IN = ("en", "fr", "es", "pt", "de", "sv", "da", "fi", "ar", "it", "nl")
#: Spellings and names that are met in forms but in no list of names.
_ALSO = {
    "am": "amarigna amharigna amarinya",
    "ar": "arab arabe عربي عربية",
    "ckb": "sorani kurdish-sorani kurdi-sorani central-kurdish",
    "es": "castellano spanish-latam",
    "fa": "farsi",
    "fa-AF": "dari",
    "id": "bahasa",
    "ku": "kurmanji kurdish-kurmanji kurmanci northern-kurdish kurdish",
    "my": "myanmar",
    "no": "bokmal nynorsk norwegian-bokmal nb nn",
    "om": "oromiffa oromifa oromiffaa afan-oromo afaan-oromo oromigna",
    "se": "sami",
    "so": "somaali af-soomaali",
    "sr": "serbo-croatian",
    "sw": "kiswahili",
    "ti": "tigrigna tigirigna tigrina tigrinja",
    "tl": "filipino pilipino fil",
    "zh": "mandarin chinese-simplified simplified-chinese",
}
_CODE = regex.compile(r"[(\[]\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*[)\]]\s*$")
_LETTERS = regex.compile(r"[^\p{L}\p{N}]+")


def _folded(name: str) -> str:
    """Return a name without accents, case and what is between its words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return str(_LETTERS.sub("", bare))


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    """Return the code of each name in our own lists, folded; the first of equal names counts."""
    found: dict[str, str] = {}
    for language in LANGUAGES.values():
        found.setdefault(_folded(language.autonym), language.code)
        found.setdefault(_folded(language.english), language.code)
    for code, others in _ALSO.items():
        for other in others.split():
            found.setdefault(_folded(other), code)
    return found


@lru_cache(maxsize=1)
def _names_of_others() -> dict[str, str]:
    """Return the code of each name that authors may use in their own language, folded."""
    found: dict[str, str] = {}
    for spoken in _NAMED_IN:
        names = Locale(spoken).languages
        for code in LANGUAGES:
            if name := names.get(code.replace("-", "_")):
                found.setdefault(_folded(name), code)
    return found


def _named(name: str) -> str | None:
    folded = _folded(name)
    return _own_names().get(folded) or _names_of_others().get(folded)


def _code_of_tag(tag: str) -> str | None:
    """Return the known language of a tag such as `sv`, `fr-CA` or `swe`."""
    known = language_or_none(tag)
    if known is not None:
        return known.code
    base = tag.replace("_", "-").split("-")[0].lower()
    base = str(get_global("language_aliases").get(base, base))
    known = language_or_none(base) or language_or_none({"nb": "no", "nn": "no"}.get(base, ""))
    return known.code if known else None


def language_code(name: str) -> str | None:
    """Return the code of the language a heading names, None for one that nobody here knows."""
    tagged = _CODE.search(name)
    if tagged:
        return _code_of_tag(tagged[1]) or _named(name[: tagged.start()])
    by_name = _named(name)
    if by_name is not None:
        return by_name
    tag = name.strip()
    if regex.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", tag):
        return _code_of_tag(tag)
    # A name with something behind it, such as a code or a country.
    first, _space, last = regex.sub(r"[_\W]+", " ", name.replace("(", " ")).strip().rpartition(" ")
    return _named(first) if first and last else None


def language_heading(code: str) -> str:
    """Return how a language is named in the headings of an export: `Svenska (sv)`."""
    language = LANGUAGES.get(code)
    return f"{language.autonym} ({code})" if language else code
