"""What the type cell of a row says: XLSForm's words with all the spellings that are met."""

from dataclasses import dataclass

import regex

#: Words that open or close a part.
BEGIN, END = "begin", "end"
GROUP, REPEAT = "group", "repeat"
SELECTS = {"select_one", "select_multiple", "rank"}
NOTE = "note"

#: What a device would tell about itself or its person: never collected here.
ABOUT_THE_DEVICE = {
    *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username"),
    *("email", "audit", "start-geopoint", "background-geopoint", "background-audio", "imei"),
    # SurveyCTO's own.
    *("caseid", "comments", "device_info", "devicephonenum", "duration", "simid", "uniqueid"),
    *("text audit", "audio audit", "speed violations audit", "speed violations count"),
    *("speed violations list", "sensor_stream", "sensor_statistic"),
}
#: What needs a camera, a recorder or a map to draw on.
MEDIA = {
    *("image", "audio", "video", "file", "barcode", "geotrace", "geoshape", "osm", "signature"),
}
FROM_FILES = {
    *("select_one_from_file", "select_multiple_from_file", "rank_from_file"),
    *("select_one_external", "select_multiple_external", "xml-external", "csv-external"),
}
#: Rows of parts that only KoboToolbox knows.
ELSEWHERE = {"score__row", "rank__level"}
PLAIN = {
    *("integer", "decimal", "text", "note", "calculate", "range", "date", "time", "datetime"),
    *("geopoint", "acknowledge"),
}
#: A plainer word for a row that no type of question takes, and what it costs is named.
PLAINER = {
    "range": "decimal",
    "datetime": "date",
    "time": "text",
    "geopoint": "text",
    "barcode": "text",
    "rank": "select_multiple",
}
_SAME = {
    "int": "integer",
    "number": "integer",
    "percentage": "integer",
    "number of days in last month": "integer",
    "number of days in last six months": "integer",
    "number of days in last year": "integer",
    "string": "text",
    "phone number": "text",
    "url": "text",
    "date time": "datetime",
    "dateTime": "datetime",
    "location": "geopoint",
    "gps": "geopoint",
    "trigger": "acknowledge",
    "calculation": "calculate",
    "hidden": "calculate",
    "calculated": "calculate",
    "calculate_here": "calculate",
    "photo": "image",
    "picture": "image",
    "start time": "start",
    "end time": "end",
    "device id": "deviceid",
    "subscriber id": "subscriberid",
    "sim id": "simserial",
    "sim serial": "simserial",
    "get phone number": "phonenumber",
    "select one": "select_one",
    "select1": "select_one",
    "select one from": "select_one",
    "select one using": "select_one",
    "select multiple": "select_multiple",
    "select all": "select_multiple",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
    "select multiple from": "select_multiple",
    "select multiple using": "select_multiple",
    "select": "select_multiple",
    "select one from file": "select_one_from_file",
    "select multiple from file": "select_multiple_from_file",
    "select one external": "select_one_external",
}
_PARTS = {
    "group": GROUP,
    "repeat": REPEAT,
    "lgroup": REPEAT,
    "looped group": REPEAT,
    "score": GROUP,
    "rank": GROUP,
    "kobomatrix": GROUP,
}
_PART = regex.compile(r"(begin|end)[\s_]+(.+)")
_OR_OTHER = regex.compile(r"\s+or[\s_](?:specify[\s_])?other$", regex.IGNORECASE)
#: Longest first, so that `select_one_from_file x.csv` is no `select_one` of a list.
_WORDS = sorted(
    {*SELECTS, *FROM_FILES, *(word for word in _SAME if word.startswith("select"))},
    key=len,
    reverse=True,
)


@dataclass(frozen=True)
class Kind:
    """What a row is: `word` for a question, `begin`/`end` with `part` for groups and repeats.

    A word that nobody knows stays as it stands, with `is_known` False.
    """

    word: str
    part: str = ""
    argument: str = ""
    or_other: bool = False
    is_known: bool = True


def kind_of(cell: str) -> Kind:
    """Return what a type cell says; it has been put on one line."""
    lower = cell.lower()
    part = _PART.fullmatch(lower)
    if part:
        return Kind(part[1], _PARTS.get(part[2], part[2]), is_known=part[2] in _PARTS)
    bare = _OR_OTHER.sub("", cell)
    is_other = bare != cell
    for word in _WORDS:
        start = bare[: len(word)].lower()
        if start in {word, word.replace("_", " ")} and bare[len(word) :][:1] in {"", " "}:
            argument = bare[len(word) :].strip()
            return Kind(_SAME.get(word, word), argument=argument, or_other=is_other)
    known = {*PLAIN, *ABOUT_THE_DEVICE, *MEDIA, *FROM_FILES, *ELSEWHERE}
    for spelt in (lower, regex.sub(r"^(?:q|add|get)\s|\sprompt$", "", lower)):
        word = _SAME.get(spelt, spelt)
        if word in known:
            return Kind(word)
    first = lower.split()[0] if lower else ""
    if first in {"csv-external", "xml-external", "sensor_stream", "sensor_statistic"}:
        return Kind(first)
    return Kind(cell, is_known=False)
