"""Static files: named by their content, kept for a year, small on the wire (B-04, B-09, B-10)."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import url_for

from engage import web
from engage.web.assets import Assets, minified, smallest_of

pytestmark = pytest.mark.sqlite_only


def _address(app, name):
    with app.test_request_context():
        return url_for("static", filename=name)


def test_an_address_carries_the_hash_of_the_content(app, client):
    address = _address(app, "engage.css")
    assert re.fullmatch(r"/static/engage\.[0-9a-f]{12}\.css", address)
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_the_plain_name_is_asked_for_again_each_time(client):
    answer = client.get("/static/engage.css")
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/engage.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_files_travel_compressed(app, client):
    address = _address(app, "engage.css")
    plain = client.get(address).data
    small = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain
    middle = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(middle.data) == plain
    assert len(small.data) < 14 * 1024


@pytest.mark.parametrize("name", ["../config.py", "engage.000000000000.css", "", "nothing.js"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("", "identity"),
        ("identity;q=1, *;q=0", "identity"),
        ("brotli", "identity"),
    ],
)
def test_the_browser_chooses_the_encoding(header, encoding):
    assert smallest_of(header, {"br", "gzip", "identity"}) == encoding


def test_modules_import_each_other_by_hashed_names(tmp_path):
    (tmp_path / "parts").mkdir()
    main, part, leaf = (tmp_path / name for name in ("main.js", "parts/part.js", "parts/leaf.js"))
    main.write_text('import { a } from "./parts/part.js";\nawait import("./parts/leaf.js");')
    part.write_text("import './leaf.js'; export const a = 1;")
    leaf.write_text("export {};")
    names = {"room/main.js": main, "room/parts/part.js": part, "room/parts/leaf.js": leaf}
    assets = Assets(names)
    assets.load()
    source = assets.by_name["room/main.js"].encodings["identity"].decode()
    part_name = assets.by_name["room/parts/part.js"].name.removeprefix("room/")
    leaf_name = assets.by_name["room/parts/leaf.js"].name.removeprefix("room/")
    assert source == f'import{{a}}from"./{part_name}";await import("./{leaf_name}");'
    inner = assets.by_name["room/parts/part.js"].encodings["identity"].decode()
    assert f"'./{leaf_name.removeprefix('parts/')}'" in inner


def test_every_module_finds_what_it_imports(client):
    for path in Path(web.__file__).parent.parent.glob("*/static/**/*.js"):
        for name in re.findall(r"""(?:from|import)\s*\(?\s*["'](\./[^"']+)""", path.read_text()):
            assert (path.parent / name).exists(), f"{path.name} imports {name}"


def test_a_changed_leaf_renames_what_imports_it(tmp_path):
    leaf, main = tmp_path / "leaf.js", tmp_path / "main.js"
    main.write_text('import "./leaf.js";')
    names = []
    for content in ("1", "2"):
        leaf.write_text(content)
        assets = Assets({"leaf.js": leaf, "main.js": main})
        assets.load()
        names.append(assets.by_name["main.js"].name)
    assert names[0] != names[1]


def test_a_style_sheet_keeps_its_meaning_when_it_is_minified():
    source = "/* note */\na > b,\nc { margin : calc(1px + 2px) ;  color: red; }\n"
    assert minified(source) == "a>b,c{margin :calc(1px + 2px);color:red}"
