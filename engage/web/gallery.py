"""The gallery: every macro in every state, and the key screens, to look at while working."""

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, abort, render_template
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from engage.i18n.current import current_language
from engage.web.access import public
from engage.web.forms import Form
from engage.web.icons import SHAPES
from engage.web.pages import page_blueprint

blueprint = page_blueprint("gallery", __name__, "/_gallery")
SCREENS = (
    "start",
    "question",
    "scale",
    "wrong",
    "review",
    "receipt",
    "results",
    "form",
    "public",
    "staff",
)


class EveryField(Form):
    """One field of each kind a room may use."""

    name = StringField("Name", [DataRequired()], description="As people here say it.")
    story = TextAreaField("Story", [Length(max=5)])
    kind = RadioField("Kind", choices=[SelectChoice("city", "City"), SelectChoice("area", "Area")])
    days = SelectMultipleField(
        "Days",
        choices=[SelectChoice("mon", "Monday"), SelectChoice("tue", "Tuesday")],
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    language = SelectField(
        "Language",
        choices=[
            SelectChoice("sv", "Svenska", {"lang": "sv", "dir": "ltr"}),
            SelectChoice("ar", "العربية", {"lang": "ar", "dir": "rtl"}),
        ],
    )
    count = IntegerField("Count", [MayBeEmpty(), NumberRange(min=1, max=9)])
    day = DateField("Day", [MayBeEmpty()])
    map = FileField("Map", [MayBeEmpty()])
    agreed = BooleanField("The partners agree")


@cache
def _texts() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        Path(__file__).with_name("gallery.json").read_text()
    )
    return found


def samples() -> SimpleNamespace:
    """Return sample texts in the language of the page, English where there are none."""
    code = current_language().code
    texts = {name: text.get(code, text["en"]) for name, text in _texts().items()}
    lists = {name: text for name, text in texts.items() if isinstance(text, list)}
    tiles = {f"{name}_tiles": [(words, words) for words in text] for name, text in lists.items()}
    return SimpleNamespace(**texts, **tiles)


def _page_address(page: int) -> str:
    return f"?page={page}"


def _forms() -> dict[str, Form]:
    no_token = {"csrf": False}
    typed = {"story": "Much too long", "count": 12}
    empty = EveryField(formdata=None, prefix="empty-", meta=no_token)
    wrong = EveryField(formdata=None, prefix="wrong-", meta=no_token, data=typed)
    wrong.validate()
    return {"empty": empty, "wrong_form": wrong}


@blueprint.get("/")
@public
def index() -> str:
    """Show every macro in every state."""
    return render_template(
        "web/gallery/index.html",
        t=samples(),
        icons=sorted(SHAPES),
        screens=SCREENS,
        page_address=_page_address,
        **_forms(),
    )


@blueprint.get("/<screen>")
@public
def show(screen: str) -> str:
    """Show one key screen as a resident or a member of staff sees it."""
    if screen not in SCREENS:
        abort(404)
    return render_template(f"web/gallery/{screen}.html", t=samples(), **_forms())


def init_gallery(app: Flask) -> None:
    """Open the gallery where the settings ask for it."""
    if app.config["GALLERY"]:
        app.register_blueprint(blueprint)
