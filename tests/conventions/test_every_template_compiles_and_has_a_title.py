"""Every template compiles with the filters there are, has a title if a page, uses its imports."""

import re

import pytest
from jinja2 import nodes

from tests.conventions.sources import files, name_of, nothing

pytestmark = pytest.mark.sqlite_only

#: What pages are built on; a layout's own title is no page's.
LAYOUTS = {"web/resident.html", "web/staff.html", "web/public.html"}


def _tree(app, name):
    return app.jinja_env.parse(app.jinja_env.loader.get_source(app.jinja_env, name)[0])


def _parent(tree):
    found = next(tree.find_all(nodes.Extends), None)
    return found.template.value if found and isinstance(found.template, nodes.Const) else None


def _has_title(app, name):
    """Look for the block in a page, and in the pages it extends, short of the layout."""
    while name is not None and name not in LAYOUTS:
        tree = _tree(app, name)
        if any(block.name == "title" for block in tree.find_all(nodes.Block)):
            return True
        name = _parent(tree)
    return False


def test_every_template_compiles(app):
    names = app.jinja_env.list_templates(extensions=["html"])
    assert len(names) == len(files("*.html")), "a template lies where no room finds it"
    for name in names:
        app.jinja_env.get_template(name)


def test_every_page_has_a_title(app):
    pages = [
        name
        for name in app.jinja_env.list_templates(extensions=["html"])
        if _parent(_tree(app, name)) and "/_" not in name and name not in LAYOUTS
    ]
    assert pages
    nothing([name for name in pages if not _has_title(app, name)], "Fill the block “title”:")


def test_every_import_of_a_template_is_used():
    unused = []
    for path in files("*.html"):
        source = path.read_text(encoding="utf-8")
        for names in re.findall(r"{%-? *from +\S+ +import +(.*?) *(?:with context *)?-?%}", source):
            for name in names.split(","):
                used = name.split(" as ")[-1].strip()
                if len(re.findall(rf"\b{re.escape(used)}\b", source)) < 2:
                    unused.append(f"{name_of(path)}: {used}")
    nothing(unused, "Imported but not used:")
