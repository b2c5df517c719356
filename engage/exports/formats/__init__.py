"""Every export format, one file each; a file put here is found by the name its class carries."""

from importlib import import_module
from pkgutil import iter_modules

from engage.exports.formats.base import GROUPS, Format


def _find() -> dict[str, Format]:
    found: dict[str, Format] = {}
    for module in iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        for thing in vars(loaded).values():
            if not (isinstance(thing, type) and issubclass(thing, Format)):
                continue
            if thing.__module__ != loaded.__name__ or "name" not in vars(thing):
                continue
            if thing.name in found:
                raise RuntimeError(f"two export formats are called {thing.name}")
            found[thing.name] = thing()
    return dict(sorted(found.items(), key=lambda one: (GROUPS.index(one[1].group), one[0])))


FORMATS: dict[str, Format] = _find()
