"""Gather the texts of the code into translations/<locale>/LC_MESSAGES/*.po (`make translations`).

The files carry no dates, line numbers or program versions, so that only changed texts change them.
English has no catalogue: the texts in the code are the English ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from engage.i18n.languages import Language, interface_languages, staff_languages

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
CHURN = (
    b"POT-Creation-Date",
    b"PO-Revision-Date",
    b"Generated-By",
    b"Last-Translator",
    b"Language-Team",
    b"Report-Msgid-Bugs-To",
)
#: Where CLDR counts other forms than Babel's gettext table, which has one for Persian.
PLURALS = {"fa": "nplurals=2; plural=(n > 1);"}
HEADER = "# Engage: the texts that %s see."


@dataclass(frozen=True)
class Domain:
    """One of the two catalogues of a language: who reads it, and what marks its texts in code."""

    name: str
    readers: str
    keywords: dict[str, Any]
    languages: Callable[[], list[Language]]

    def codes(self) -> list[str]:
        """Return the languages this domain is translated to."""
        return [language.code for language in self.languages() if language.code != "en"]


DOMAINS = (
    Domain(
        "messages",
        "residents",
        {
            "_": None,
            "gettext": None,
            "lazy_gettext": None,
            "ngettext": (1, 2),
            "pgettext": ((1, "c"), 2),
        },
        interface_languages,
    ),
    Domain(
        "staff",
        "those who work here",
        {"s_": None, "s_lazy": None, "sn_": (1, 2)},
        staff_languages,
    ),
)


def path_of(domain: Domain, code: str) -> Path:
    """Return where the catalogue of a language is."""
    return FOLDER / code / "LC_MESSAGES" / f"{domain.name}.po"


@cache
def _found(name: str) -> list[tuple[Any, ...]]:
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    return list(
        extract_from_dir(
            ROOT / "engage",
            method_map=methods,
            options_map=options,
            keywords=next(domain.keywords for domain in DOMAINS if domain.name == name),
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
    )


def extract(domain: Domain) -> Catalog:
    """Return every text of the domain that the code and the templates use."""
    catalog = Catalog(domain=domain.name)
    for file, _line, text, comments, context in _found(domain.name):
        catalog.add(
            text, locations=[(f"engage/{file}", 0)], auto_comments=comments, context=context
        )
    return catalog


def read(domain: Domain, code: str) -> Catalog:
    """Return the catalogue of a language, empty if there is none yet."""
    path = path_of(domain, code)
    if path.exists():
        file = BytesIO(path.read_bytes())
    elif code in PLURALS:
        file = BytesIO(f'msgid ""\nmsgstr "Plural-Forms: {PLURALS[code]}\\n"\n'.encode())
    else:
        return Catalog(locale=code, domain=domain.name)
    return read_po(file, locale=code, domain=domain.name)


def written(domain: Domain, catalog: Catalog) -> bytes:
    """Return the catalogue as a file without anything that changes by itself."""
    catalog.header_comment = HEADER % domain.readers
    catalog.project, catalog.version = "Engage", "1"
    catalog.fuzzy = False
    file = BytesIO()
    write_po(
        file, catalog, width=100, include_lineno=False, sort_by_file=True, ignore_obsolete=True
    )
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line[1:].startswith(CHURN))


def main() -> None:
    """Bring every catalogue up to date and say how many texts still lack words."""
    for domain in DOMAINS:
        template = extract(domain)
        for code in domain.codes():
            catalog = read(domain, code)
            catalog.update(template, no_fuzzy_matching=True)
            path = path_of(domain, code)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(domain, catalog))
            lacking = sum(1 for text in catalog if text.id and not is_translated(text))
            print(f"{code} {domain.name}: {len(catalog)} texts, {lacking} not translated")


def is_translated(message: Any) -> bool:
    """Say whether a text, in each of its plural forms, has words."""
    words = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(words) and not message.fuzzy


if __name__ == "__main__":
    main()
