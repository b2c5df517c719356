"""What fields clean away, and what they leave alone."""

import pytest

from engage.accounts.devices import device_name
from engage.accounts.fields import EMAIL, one_line, several_lines


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words\n", "two words"),
        ("a\x00b\x07c", "abc"),
        ("abc\u202edef\u2066", "abcdef"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀 å ä ö", "👩\u200d🚀 å ä ö"),
        (None, ""),
    ],
)
def test_a_line_has_no_control_characters(typed, kept):
    assert one_line(typed) == kept


def test_line_breaks_stay_in_longer_texts():
    assert several_lines(" a\r\nb\rc\x00\td ") == "a\nb\nc\td"


@pytest.mark.parametrize("address", ["a@b.se", "åsa.ö+x@exempel.example"])
def test_addresses_pass(address):
    assert EMAIL.fullmatch(address)


@pytest.mark.parametrize("address", ["", "a", "a@b", "a b@c.se", "a@b.se,c@d.se", "a@b.se\nBcc: x"])
def test_other_things_do_not(address):
    assert not EMAIL.fullmatch(address)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130", "Edge, Windows"),
        ("LEAKTEST", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_by_browser_and_system_only(user_agent, name):
    assert device_name(user_agent) == name
