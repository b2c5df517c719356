"""What languages of a questionnaire are called, also those that nobody here knows."""

from engage.i18n.languages import LANGUAGES


def autonym(code: str) -> str:
    """Return what a language calls itself, or its code."""
    known = LANGUAGES.get(code)
    return known.autonym if known else code
