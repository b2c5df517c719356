"""Pages of results made once: kept on disk for all processes, and in memory for the next reader."""

import hashlib
import os
import secrets
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path

_MOST_IN_MEMORY = 64
_kept: OrderedDict[Path, str] = OrderedDict()


@cache
def program_digest(root: Path) -> str:
    """Return what changes when the program itself changes: its code here, templates and words."""
    files = [
        *(root / "engage" / "results").rglob("*.py"),
        *(root / "engage" / "results").rglob("*.html"),
        *(root / "engage" / "web" / "templates" / "macros").glob("*.html"),
        *(root / "translations").glob("*/LC_MESSAGES/*.mo"),
    ]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def made_once(folder: Path, state: str, what: str, make: Callable[[], str]) -> str:
    """Return a piece of HTML, made only if `state` or `what` is not the one it was made for.

    Pieces of other states are thrown away: what was deleted stays in no old page.
    """
    name = hashlib.sha256(state.encode()).hexdigest()[:16]
    path = folder / "pages" / f"{name}-{hashlib.sha256(what.encode()).hexdigest()[:24]}.html"
    if path in _kept and path.exists():
        _kept.move_to_end(path)
        return _kept[path]
    try:
        html = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        html = make()
        _keep_on_disk(path, name, html)
    _kept[path] = html
    while len(_kept) > _MOST_IN_MEMORY:
        _kept.popitem(last=False)
    return html


def _keep_on_disk(path: Path, state: str, html: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("*.html"):
        if not old.name.startswith(state):
            old.unlink(missing_ok=True)
    fresh = path.with_name(f"{secrets.token_hex(6)}.fresh")
    fresh.write_text(html, encoding="utf-8")
    os.replace(fresh, path)
