"""Files that never change: named by their content, kept compressed in memory, cached for a year."""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, request
from rjsmin import jsmin  # type: ignore[import-untyped]
from werkzeug.wrappers import Response as BaseResponse

from engage.web.access import public

_TEXT = {".css", ".js", ".svg", ".json", ".txt", ".webmanifest"}
_IMPORT = re.compile(r"""((?:from|import)\s*\(?\s*["'])(\./[\w./-]+\.js)(["'])""")
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@dataclass(frozen=True)
class Asset:
    """One file with its compressed forms; `name` carries the hash of the content."""

    name: str
    media_type: str
    etag: str
    encodings: dict[str, bytes]


@dataclass
class Assets:
    """All static files by plain name and by hashed name."""

    sources: dict[str, Path]
    styles: dict[str, list[Path]] = field(default_factory=dict)
    scripts: dict[str, list[Path]] = field(default_factory=dict)
    by_name: dict[str, Asset] = field(default_factory=dict)
    by_hashed_name: dict[str, Asset] = field(default_factory=dict)

    def load(self) -> None:
        """Read, compress and name every file."""
        for name in sorted(self.sources):
            self.asset(name)
        for name, pieces in self.styles.items():
            css = "\n".join(path.read_text() for path in pieces)
            self._keep(name, minified(css).encode())
        for name, pieces in self.scripts.items():
            self._keep(name, jsmin(joined(path.read_text() for path in pieces)).encode())

    def asset(self, name: str) -> Asset:
        """Return one file, loading it and the modules it imports first."""
        if name not in self.by_name:
            content = self.sources[name].read_bytes()
            if name.endswith(".js"):
                content = jsmin(self._with_hashed_imports(name, content.decode())).encode()
            self._keep(name, content)
        return self.by_name[name]

    def _with_hashed_imports(self, name: str, source: str) -> str:
        folder = Path(name).parent

        def hashed(found: re.Match[str]) -> str:
            wanted = (folder / found[2]).as_posix()
            if wanted not in self.sources:
                return found[0]
            target = Path(self.asset(wanted).name)
            return f"{found[1]}./{Path(found[2]).parent.joinpath(target.name).as_posix()}{found[3]}"

        return _IMPORT.sub(hashed, source)

    def _keep(self, name: str, content: bytes) -> None:
        path = Path(name)
        digest = hashlib.sha256(content).hexdigest()[:12]
        hashed = path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        media_type = f"{kind}; charset=utf-8" if path.suffix in _TEXT else kind
        made = Asset(hashed, media_type, digest, encoded(content, path.suffix in _TEXT))
        self.by_name[name] = made
        self.by_hashed_name[hashed] = made


@lru_cache(maxsize=128)
def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


@lru_cache(maxsize=128)
def _brotlied(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=11))


def encoded(content: bytes, is_text: bool = True) -> dict[str, bytes]:
    """Return the content as it is and, for text, as small as gzip and brotli make it."""
    if not is_text:
        return {"identity": content}
    return {
        "identity": content,
        "gzip": _gzipped(content),
        "br": _brotlied(content),
    }


def minified(css: str) -> str:
    """Return a style sheet without comments and needless white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return re.sub(r":\s+", ":", css).replace(";}", "}").strip()


def joined(pieces: Iterable[str]) -> str:
    """Return modules that import each other as one module.

    A phone far away asks once instead of once for each. Their top-level names must differ, and
    each import be on one line; `export` and `import` lines fall away.
    """
    lines = (line.strip() for piece in pieces for line in piece.splitlines())
    kept = (line for line in lines if line and not line.startswith(("//", "import ")))
    return "\n".join(line.removeprefix("export ") for line in kept)


@lru_cache(maxsize=256)
def _accepted(header: str) -> frozenset[str]:
    parts = (part.strip().partition(";") for part in header.lower().split(","))
    refused = {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return frozenset(name.strip() for name, _, quality in parts if quality.strip() not in refused)


def smallest_of(header: str, available: Container[str]) -> str:
    """Return the smallest encoding that an `Accept-Encoding` header allows."""
    accepted = _accepted(header[:200])
    return next((one for one in ("br", "gzip") if one in accepted and one in available), "identity")


def best_encoding(available: Container[str]) -> str:
    """Return the smallest encoding that the browser at hand takes."""
    return smallest_of(request.headers.get("Accept-Encoding", ""), available)


def _sources(rooms: Path) -> dict[str, Path]:
    """Return static files by name: `x.js` of the web room, `<room>/x.js` of the others."""
    found = {}
    for folder in rooms.glob("*/static"):
        prefix = "" if folder.parent.name == "web" else f"{folder.parent.name}/"
        for path in folder.rglob("*"):
            if path.is_file():
                found[prefix + path.relative_to(folder).as_posix()] = path
    return found


def _styles(rooms: Path) -> dict[str, list[Path]]:
    """Return the pieces of each style sheet: a page has one, and residents' has what they meet."""
    folder = rooms / "web" / "styles"
    common = sorted(folder.glob("*.css"))
    every = sorted([*common, *folder.glob("more/*.css")], key=lambda path: path.name)
    return {"resident.css": common, "engage.css": every}


def _scripts(rooms: Path) -> dict[str, list[Path]]:
    """Return the modules to be joined by the name they get: the folder `scripts/x` makes `x.js`."""
    folders = sorted(rooms.glob("*/scripts/*"))
    return {f"{folder.name}.js": sorted(folder.glob("*.js")) for folder in folders}


def _respond(asset: Asset, cache: str) -> BaseResponse:
    encoding = best_encoding(asset.encodings)
    response = Response(asset.encodings[encoding], content_type=asset.media_type)
    response.headers["Cache-Control"] = cache
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{asset.etag}-{encoding}")
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    return response.make_conditional(request)


def init_assets(app: Flask) -> None:
    """Load the static files of every room and serve them at `/static/…`."""
    rooms = Path(__file__).parent.parent
    assets = Assets(_sources(rooms), _styles(rooms), _scripts(rooms))
    assets.load()

    @public
    def static(filename: str) -> BaseResponse:
        if filename in assets.by_hashed_name:
            return _respond(assets.by_hashed_name[filename], _FOREVER)
        if filename not in assets.by_name:
            abort(404)
        return _respond(assets.by_name[filename], _ASK_AGAIN)

    def put_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            asset = assets.by_name.get(values["filename"])
            if asset is None and app.testing:
                raise LookupError(f"there is no static file {values['filename']}")
            values["filename"] = asset.name if asset else values["filename"]

    app.add_url_rule("/static/<path:filename>", "static", static)
    app.url_defaults(put_hash)
