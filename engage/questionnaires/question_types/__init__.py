"""Every way to ask, one file each; a file put here is found by the name its class carries."""

from importlib import import_module
from pkgutil import iter_modules

from engage.questionnaires.question_types.base import TYPES_BY_NAME, QuestionType


def _find() -> dict[str, QuestionType]:
    found: dict[str, QuestionType] = {}
    for module in iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        for thing in vars(loaded).values():
            if not (isinstance(thing, type) and issubclass(thing, QuestionType)):
                continue
            if thing.__module__ != loaded.__name__ or "name" not in vars(thing):
                continue
            if thing.name in found:
                raise RuntimeError(f"two question types are called {thing.name}")
            found[thing.name] = thing()
    return dict(sorted(found.items()))


TYPES_BY_NAME.update(_find())
QUESTION_TYPES: dict[str, QuestionType] = TYPES_BY_NAME
