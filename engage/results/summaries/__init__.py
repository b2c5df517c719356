"""Every way to tell of a question, one file each, found by the name its class carries."""

from importlib import import_module
from pkgutil import iter_modules

from engage.results.summaries.base import Summary


def _find() -> dict[str, Summary]:
    found: dict[str, Summary] = {}
    for module in iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        for thing in vars(loaded).values():
            if not (isinstance(thing, type) and issubclass(thing, Summary)):
                continue
            if thing.__module__ != loaded.__name__ or "kind" not in vars(thing):
                continue
            if thing.kind in found:
                raise RuntimeError(f"two summaries are called {thing.kind}")
            found[thing.kind] = thing()
    return found


SUMMARIES: dict[str, Summary] = _find()
