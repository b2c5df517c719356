"""X-30: only pictures are taken, they come out small, and nothing of the file is kept."""

import random
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from engage.questionnaires.pictures import LARGEST_FILE, PictureError, small_picture

MARKER = b"LEAKTEST Skogsgatan 4"


def drawn(width=1600, height=1200, mode="RGB"):
    picture = Image.new(mode, (width, height), "white" if mode == "RGB" else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for at in range(0, width, 40):
        pen.line((at, 0, width - at, height), fill=(at % 255, 90, 160), width=6)
    return picture


def saved(picture, kind, **more):
    out = BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def opened(picture):
    return Image.open(BytesIO(picture.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_comes_out_as_a_small_webp(kind):
    made = small_picture(saved(drawn(), kind))
    shown = opened(made)
    assert shown.format == "WEBP"
    assert shown.size == (made.width, made.height)
    assert max(shown.size) <= 480
    assert made.width * 3 == made.height * 4
    assert len(made.content) <= 15 * 1024
    assert len(made.digest) == 64


def test_noise_is_made_lighter_until_it_fits():
    noise = Image.frombytes("RGB", (900, 900), random.Random(1).randbytes(900 * 900 * 3))
    assert len(small_picture(saved(noise, "PNG")).content) <= 15 * 1024


def test_a_small_picture_is_not_blown_up():
    made = small_picture(saved(drawn(60, 30), "PNG"))
    assert (made.width, made.height) == (60, 30)


def test_gaps_become_white_so_that_dark_lines_are_seen_on_a_dark_page():
    picture = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((0, 50, 100, 50), fill="black", width=9)
    shown = opened(small_picture(saved(picture, "PNG")))
    assert shown.mode == "RGB"
    assert min(shown.getpixel((50, 5))) > 240
    assert max(shown.getpixel((50, 50))) < 40


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_pictures_of_every_colour_mode_are_taken(mode):
    picture = Image.new("I;16", (50, 50)) if mode == "I;16" else drawn(50, 50).convert(mode)
    made = small_picture(saved(picture, "JPEG" if mode == "CMYK" else "PNG"))
    assert (made.width, made.height) == (50, 50)


def test_nothing_of_the_camera_is_kept():
    exif = Image.Exif()
    exif[0x010E] = MARKER.decode()
    exif[0x8825] = {1: "N", 2: (59.0, 36.0, 34.0), 3: "E", 4: (16.0, 32.0, 45.0)}
    data = saved(drawn(), "JPEG", exif=exif, comment=MARKER)
    assert MARKER in data
    made = small_picture(data)
    assert MARKER not in made.content
    assert b"EXIF" not in made.content
    assert not opened(made).getexif()


def test_what_is_appended_to_a_picture_is_gone():
    made = small_picture(saved(drawn(), "PNG") + b"PK\x03\x04" + MARKER)
    assert MARKER not in made.content


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = small_picture(saved(drawn(400, 200), "JPEG", exif=exif))
    assert (made.width, made.height) == (200, 400)


def test_only_the_first_of_moving_pictures_is_kept():
    frames = [drawn(80, 80), Image.new("RGB", (80, 80), "red")]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=50)
    assert getattr(opened(small_picture(data)), "n_frames", 1) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0" + bytes(500),
        b"\x89PNG\r\n\x1a\n" + bytes(60),
        b"RIFF\x10\0\0\0WEBPVP8 " + bytes(16),
        b"RIFF\x10\0\0\0WAVEfmt ",
    ],
)
def test_what_is_no_picture_is_refused_in_words(data):
    with pytest.raises(PictureError) as refused:
        small_picture(data)
    assert str(refused.value.message).endswith("file.")


def test_half_a_picture_is_refused():
    with pytest.raises(PictureError):
        small_picture(saved(drawn(), "PNG")[:4000])


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(PictureError) as refused:
        small_picture(b"\xff\xd8\xff" + bytes(LARGEST_FILE))
    assert "8 MB" in str(refused.value.message)


@pytest.mark.parametrize("side", [9_000, 60_000])
def test_a_bomb_of_pixels_is_refused_before_it_bursts(side):
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    with pytest.raises(PictureError):
        small_picture(data)


def test_a_bomb_of_text_is_refused():
    body = b"Comment\0\0" + zlib.compress(bytes(100_000_000))
    plain = saved(drawn(50, 50), "PNG")
    chunk = (
        struct.pack(">I", len(body))
        + b"zTXt"
        + body
        + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    )
    with pytest.raises(PictureError):
        small_picture(plain[:33] + chunk + plain[33:])
