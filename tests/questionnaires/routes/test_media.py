"""Pictures and recordings are looked at, made safe, and given out where they can do no harm."""

import io

import pytest
from PIL import Image

from tests.questionnaires.test_recordings import OPUS

pytestmark = pytest.mark.sqlite_only


def png(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "PNG")
    return out.getvalue()


def upload(desk, end, field, content, name="file", status=200, **more):
    data = {"do": field, field: (io.BytesIO(content), name), **more}
    return desk.client.post_page(
        desk.address + end, data, status, content_type="multipart/form-data"
    )


def test_a_picture_is_re_encoded_and_served_from_a_sandbox(desk):
    upload(desk, "/items/wish/media", "picture", png(), "x.png")
    digest = desk.draft.questions["wish"].image
    answer = desk.client.get(f"/media/{digest}")
    assert answer.mimetype == "image/webp"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer.headers["Cache-Control"]
    assert Image.open(io.BytesIO(answer.data)).width <= 480
    again = desk.client.get(f"/media/{digest}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_picture_is_taken_away_again(desk):
    upload(desk, "/items/wish/media", "picture", png())
    desk.post("/items/wish/media", {"do": "remove_picture"})
    assert desk.draft.questions["wish"].image == ""


def test_a_choice_gets_a_picture(desk):
    upload(desk, "/choices/yes_no/picture/yes", "picture", png("blue"))
    assert len(desk.draft.choice_lists["yes_no"].by_key["yes"].image) == 64
    assert desk.draft.choice_lists["yes_no"].by_key["no"].image == ""
    desk.post("/choices/yes_no/picture/yes", {"do": "remove_picture"})
    assert desk.draft.choice_lists["yes_no"].by_key["yes"].image == ""


def test_a_recording_belongs_to_a_language_and_plays_from_anywhere_in_it(desk):
    upload(desk, "/items/wish/media", "recording", OPUS, "x.opus", language="ar")
    digest = desk.draft.questions["wish"].audio["ar"]
    answer = desk.client.get(f"/media/{digest}", headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.data) == (206, b"OggS")
    assert answer.mimetype == "audio/ogg"
    desk.post("/items/wish/media", {"do": "remove_recording", "language": "ar"})
    assert desk.draft.questions["wish"].audio == {}


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a"])
def test_what_is_no_picture_is_told_and_not_kept(desk, content):
    page = upload(desk, "/items/wish/media", "picture", content, "evil.png")
    assert page.find("//*[@class='error-summary']") is not None
    assert desk.draft.questions["wish"].image == ""


@pytest.mark.parametrize("content", [b"", b"<script>", b"OggS"])
def test_what_is_no_recording_is_told_and_not_kept(desk, content):
    page = upload(desk, "/items/wish/media", "recording", content, "evil.ogg", language="sv")
    assert page.find("//*[@class='error-summary']") is not None
    assert desk.draft.questions["wish"].audio == {}


@pytest.mark.parametrize("digest", ["0" * 64, "x", "../secret", "A" * 64])
def test_a_digest_that_names_nothing_is_not_found(desk, digest):
    assert desk.client.get(f"/media/{digest}").status_code == 404


def test_only_questions_have_pictures(desk):
    desk.post("/add", {"kind": "group", "words": "G", "key": "g"})
    desk.get("/items/g/media", 404)
    desk.get("/choices/yes_no/picture/nobody", 404)
