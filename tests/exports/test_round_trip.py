"""T-35: answers taken out and loaded again are the same; a broken file changes nothing."""

import json

import pytest

from engage.responses.models import CollectionDay, Response
from tests.exports.test_making import made, with_family
from tests.factories.questionnaires import make_round
from tests.factories.results import make_responses, make_round_of


@pytest.fixture
def exported(app, db, tmp_path):
    round_ = make_round_of(with_family())
    make_responses(
        round_,
        [
            {"children": "yes", "how_many": "2", "kids.1.age": "4", "likes": ["yes"]},
            {"children": "~prefer_not", "likes:missing": "dont_know"},
        ]
        * 3,
    )
    return round_, made(round_, tmp_path, "jsonl").file


def documents(db, round_) -> list[str]:
    found = db.session.scalars(db.select(Response.document).where(Response.round_id == round_.id))
    return sorted(found)


def test_what_is_exported_loads_again(app, db, exported) -> None:
    before, file = exported
    after = make_round(version=before.version)
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["responses", "load", after.slug, str(file)])
    assert result.exit_code == 0, result.output
    assert documents(db, after) == documents(db, before)
    counted = db.session.scalars(
        db.select(CollectionDay.answers).where(CollectionDay.round_id == after.id)
    )
    assert sum(counted) == 6


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": 7}, "there is no version 7"),
        ({"language": "fi"}, "not in the language 'fi'"),
        ({"day": "yesterday"}, "is no day like"),
        ({"answers": {"children": "perhaps"}}, "children: "),
        ({"answers": {"how_many": 2, "children": "no"}}, "how_many: is not asked"),
        ({"answers": {"kids": 3}}, "not in the form of an export"),
        ({"answers": []}, "not in the form of an export"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_loaded(
    app, db, exported, tmp_path, change, reason
) -> None:
    before, file = exported
    after = make_round(version=before.version)
    db.session.commit()
    lines = file.read_text().splitlines()
    lines[3] = json.dumps({**json.loads(lines[3]), **change})
    broken = tmp_path / "broken.jsonl"
    broken.write_text("\n".join(lines))
    result = app.test_cli_runner().invoke(args=["responses", "load", after.slug, str(broken)])
    assert result.exit_code == 1
    assert f"line 4: {reason}" in result.output or reason in result.output
    assert documents(db, after) == []


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[1]", b"null"])
def test_what_is_no_export_is_refused(app, db, exported, tmp_path, content) -> None:
    file = tmp_path / "other.jsonl"
    file.write_bytes(content)
    round_, _ = exported
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["responses", "load", round_.slug, str(file)])
    assert result.exit_code == 1
    assert len(documents(db, round_)) == 6
