"""The pictures of the example, drawn here in the colours of the house."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from engage.questionnaires.actions.media import keep_picture
from engage.questionnaires.document import Document
from engage.questionnaires.rebuilding import remade

#: Drawn four times as large, so that edges come out smooth.
_FINE = 4
_SIZE = (480, 360)
_SKY, _GRASS, _LEAF, _PINE = "#FDEFD2", "#86B9B3", "#3E8F86", "#0F5C5E"
_SUN, _BRICK, _PAPER, _INK = "#F2A93B", "#B84F14", "#FBF8F3", "#1D2433"
#: The list of choices that is shown as pictures.
_LIST = "spots"


class _Sheet:
    """A sheet of 480 by 360 to draw on, with sky and ground."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (_SIZE[0] * _FINE, _SIZE[1] * _FINE), _SKY)
        self.pen = ImageDraw.Draw(self.image)
        self.box(0, 250, 480, 360, _GRASS)

    def box(self, left: int, top: int, right: int, bottom: int, colour: str) -> None:
        self.pen.rectangle([side * _FINE for side in (left, top, right, bottom)], colour)

    def round(self, x: int, y: int, radius: int, colour: str) -> None:
        self.pen.circle((x * _FINE, y * _FINE), radius * _FINE, colour)

    def line(self, *ends: tuple[int, int], colour: str = _INK, width: int = 10) -> None:
        points = [(x * _FINE, y * _FINE) for x, y in ends]
        self.pen.line(points, colour, width * _FINE, joint="curve")

    def shape(self, *corners: tuple[int, int], colour: str) -> None:
        self.pen.polygon([(x * _FINE, y * _FINE) for x, y in corners], colour)

    def png(self) -> bytes:
        out = BytesIO()
        self.image.resize(_SIZE, Image.Resampling.LANCZOS).save(out, "PNG")
        return out.getvalue()


def _park(on: _Sheet) -> None:
    on.round(400, 80, 36, _SUN)
    for x, y, size in ((130, 140, 70), (320, 165, 55)):
        on.box(x - 9, y + 20, x + 9, 285, _BRICK)
        on.round(x, y, size, _PINE)
        on.round(x - 22, y + 14, size - 22, _LEAF)
    on.box(190, 290, 290, 302, _BRICK)
    on.line((205, 302), (205, 325), width=8)
    on.line((275, 302), (275, 325), width=8)


def _playground(on: _Sheet) -> None:
    on.line((70, 300), (110, 90), (150, 300), colour=_PINE)
    on.line((250, 300), (290, 90), (330, 300), colour=_PINE)
    on.line((108, 92), (292, 92), colour=_PINE)
    on.line((175, 92), (160, 235), width=4)
    on.line((225, 92), (210, 235), width=4)
    on.box(148, 232, 222, 246, _BRICK)
    on.shape((360, 150), (390, 150), (460, 300), (425, 300), colour=_SUN)
    on.line((365, 150), (365, 300), colour=_INK, width=8)


def _square(on: _Sheet) -> None:
    on.box(70, 110, 410, 300, _PAPER)
    on.box(110, 200, 220, 280, _LEAF)
    on.box(280, 190, 350, 300, _BRICK)
    for at in range(10):
        left = 60 + at * 36
        on.box(left, 110, left + 36, 165, _SUN if at % 2 else _PINE)
        on.round(left + 18, 165, 18, _SUN if at % 2 else _PINE)
    on.box(50, 95, 430, 112, _INK)


def _library(on: _Sheet) -> None:
    on.box(60, 60, 420, 330, _BRICK)
    colours = (_PINE, _SUN, _GRASS, _LEAF, _INK)
    for shelf in (80, 205):
        on.box(80, shelf, 400, shelf + 105, _SKY)
        for at in range(9):
            left, tall = 86 + at * 35, (88, 70, 96, 78, 62)[(at + shelf) % 5]
            on.box(left, shelf + 105 - tall, left + 26, shelf + 105, colours[(at + shelf) % 5])


def _pitch(on: _Sheet) -> None:
    for x in range(110, 400, 30):
        on.line((x, 110), (x, 270), colour=_LEAF, width=3)
    for y in range(130, 270, 28):
        on.line((90, y), (390, y), colour=_LEAF, width=3)
    on.line((90, 280), (90, 105), (390, 105), (390, 280), colour=_PINE, width=14)
    on.round(240, 295, 36, _PAPER)
    on.shape((240, 275), (259, 289), (252, 311), (228, 311), (221, 289), colour=_INK)


def _path(on: _Sheet) -> None:
    on.shape((215, 250), (265, 250), (400, 360), (110, 360), colour=_PAPER)
    on.round(90, 190, 55, _PINE)
    on.box(82, 230, 98, 285, _BRICK)
    on.line((350, 300), (350, 90), (300, 90), colour=_INK)
    on.shape((270, 100), (325, 100), (310, 125), (285, 125), colour=_INK)
    on.round(297, 128, 14, _SUN)


_DRAWINGS: dict[str, Callable[[_Sheet], None]] = {
    "park": _park,
    "playground": _playground,
    "square": _square,
    "library": _library,
    "pitch": _pitch,
    "path": _path,
}


def drawn(name: str) -> bytes:
    """Return one picture as a PNG file, as somebody would upload it."""
    sheet = _Sheet()
    _DRAWINGS[name](sheet)
    return sheet.png()


def with_pictures(document: Document) -> Document:
    """Return the questionnaire with its pictures, taken in as uploads are."""
    listed = document.choice_lists[_LIST]
    choices = [remade(one, image=keep_picture(drawn(one.key))) for one in listed.choices]
    lists = {**document.choice_lists, _LIST: remade(listed, choices=choices)}
    return remade(document, choice_lists=lists)
