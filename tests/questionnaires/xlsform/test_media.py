"""Pictures and recordings in a form: those that are here stay, the others are named."""

from engage.questionnaires.document import Document
from engage.questionnaires.xlsform import Imported
from engage.questionnaires.xlsform.media import media_of, without_media

HERE, GONE = "a" * 64, "b" * 64
DOCUMENT = Document.model_validate(
    {
        "languages": ["sv", "ar"],
        "choice_lists": {
            "l": {"choices": [{"key": "x", "image": HERE}, {"key": "y", "image": GONE}]}
        },
        "items": [
            {"key": "q", "type": "note", "image": GONE, "audio": {"sv": HERE, "ar": GONE}},
            {"kind": "group", "key": "g", "items": [{"key": "p", "type": "note", "image": HERE}]},
        ],
    }
)


def test_media_that_are_not_here_are_left_out_and_named():
    found = without_media(Imported(DOCUMENT), {HERE})
    assert media_of(DOCUMENT) == {HERE, GONE}
    assert media_of(found.document) == {HERE}
    assert found.document.questions["q"].audio == {"sv": HERE}
    assert [(loss.sheet, loss.column) for loss in found.losses] == [
        ("survey", "q"),
        ("survey", "q"),
        ("choices", "y"),
    ]


def test_nothing_changes_where_everything_is_here():
    imported = Imported(DOCUMENT)
    assert without_media(imported, {HERE, GONE}) is imported
    assert without_media(Imported(None), set()).document is None
