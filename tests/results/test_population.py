"""Population figures: a file is taken in as a whole or not at all, and says what to put right."""

from io import BytesIO

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditEntry
from engage.communities.roles import Role
from engage.extensions import db
from engage.results.reach.population import figures_of
from engage.results.reach.population_file import (
    Fault,
    KnownQuestion,
    PopulationFileError,
    read_population,
)
from tests.factories.accounts import sign_in
from tests.factories.communities import make_community, make_member
from tests.factories.questionnaires import make_version
from tests.results.rounds import document

KNOWN = {
    "age": KnownQuestion("age", ("young", "old"), {"ung": "young", "gammal": "old"}),
    "area": KnownQuestion("area", ("norra", "sodra"), {"södra": "sodra"}),
}
GOOD = b"question,answer,people\nage,young,400\nage,middle,200\nage,old,400\n"


def read(text):
    return read_population(text if isinstance(text, bytes) else text.encode(), KNOWN)


def faults(text):
    with pytest.raises(PopulationFileError) as caught:
        read(text)
    return [(one.fault, one.line) for one in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        "question,answer,people\nage,young,400\nage,old,1600\n",
        "\ufeffpeople;Label;Answer;Question\r\n400;x;Ung;age\r\n1 600;;gammal;age\r\n\r\n",
        "question\tanswer\tpeople\nage\tyoung\t400\nage\told\t1\u00a0600",
    ],
)
def test_files_of_spreadsheets_are_read_by_key_or_label(text):
    assert read(text) == {"age": {"young": 400, "old": 1600}}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(Fault.EMPTY, 0)]),
        ("question,answer,people\n", [(Fault.EMPTY, 0)]),
        ("fråga,svar\nage,young\n", [(Fault.NO_COLUMN, 0)]),
        (b"question,answer,people\nage,\xe5,1\n", [(Fault.NOT_TEXT, 0)]),
        (b"PK\x03\x04\x00\x00", [(Fault.NOT_TEXT, 0)]),
        (b"x" * 1_000_001, [(Fault.TOO_BIG, 0)]),
        ('question,answer,people\nage,"young\n', [(Fault.NOT_A_NUMBER, 2)]),
        ("question,answer,people\nage,young,0\nage,old,9\n", [(Fault.ONE_GROUP, 0)]),
    ],
)
def test_z11_what_is_wrong_with_a_file_as_a_whole(text, found):
    assert faults(text) == found


def test_z11_every_line_to_put_right_is_named_by_its_number():
    lines = ("age,young,400", "agge,old,3", "age,oldest,3", "", "age,old,-3", "age,young,2,5")
    lines += ("area,norra,many", "area,sodra,1.5", "area,norra,", "area")
    assert faults("\n".join(("question,answer,people", *lines))) == [
        (Fault.UNKNOWN_QUESTION, 3),
        (Fault.UNKNOWN_ANSWER, 4),
        (Fault.NOT_A_NUMBER, 6),
        (Fault.TWICE, 7),
        (Fault.NOT_A_NUMBER, 8),
        (Fault.NOT_A_NUMBER, 9),
        (Fault.NOT_A_NUMBER, 10),
        (Fault.UNKNOWN_ANSWER, 11),
    ]


def test_z11_questions_have_to_add_up_to_the_same_people():
    text = "question,answer,people\nage,young,500\nage,old,500\narea,norra,700\narea,sodra,{}\n"
    assert read(text.format(310))["area"]["sodra"] == 310
    assert faults(text.format(400)) == [(Fault.SUMS_DIFFER, 0)]


def test_a_long_list_of_problems_ends():
    found = faults("question,answer,people\n" + "x,y,z\n" * 5000)
    assert len(found) == 51
    assert found[-1] == (Fault.MORE, 0)


@pytest.fixture
def community(db):
    made = make_community(slug="plats", languages=["sv", "ar"])
    make_version(made, document())
    return made


def given(data=GOOD, **more):
    form = {"source": "SCB", "as_of": "2027-01-01", "file": (BytesIO(data), "folk.csv")}
    return {**form, **more}


@pytest.mark.sqlite_only
class TestPages:
    """Seen by those who see results, put in by the secretariat and the analyst."""

    ADDRESS = "/en/c/plats/population"

    def send(self, client, data):
        return client.post(self.ADDRESS, data=data, content_type="multipart/form-data")

    @pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.ANALYST])
    def test_figures_are_put_in_seen_and_logged(self, client, community, role):
        sign_in(client, make_member(community, role))
        assert "No population figures yet" in client.get_page(self.ADDRESS).text
        assert self.send(client, given()).status_code == 303
        page = client.get_page(self.ADDRESS)
        for words in ("The population figures are in place.", "SCB", "1,000", "Middle"):
            assert words in page.text
        entry = db.session.scalars(select(AuditEntry).filter_by(action="population_replaced")).one()
        assert entry.community == "plats"
        assert entry.details == {"questions": ["age"], "source": "SCB", "as_of": "2027-01-01"}

    def test_a_bad_file_keeps_the_figures_and_what_was_typed(self, client, community):
        sign_in(client, make_member(community))
        self.send(client, given())
        answer = self.send(client, given(b"question,answer,people\nage,young,x\n", source="Nya"))
        assert answer.status_code == 422
        assert "Line 2: “x” is not a whole number." in answer.text
        assert 'value="Nya"' in answer.text
        found = figures_of(community)
        assert (found.source, found.people["age"]["old"]) == ("SCB", 400)

    @pytest.mark.parametrize("missing", ["file", "source", "as_of"])
    def test_a_form_that_lacks_something_says_so(self, client, community, missing):
        sign_in(client, make_member(community))
        whole = given()
        whole.pop(missing)
        assert self.send(client, whole).status_code == 422
        assert figures_of(community) is None

    def test_partners_see_the_figures_and_change_nothing(self, client, community):
        sign_in(client, make_member(community, Role.PARTNER))
        assert not client.get_page(self.ADDRESS).all("//main//form")
        assert self.send(client, given()).status_code == 403

    def test_the_template_is_a_file_that_can_be_filled_in(self, client, community):
        sign_in(client, make_member(community))
        answer = client.get(f"{self.ADDRESS}/template.csv")
        assert answer.mimetype == "text/csv"
        lines = answer.data.decode("utf-8-sig").splitlines()
        assert lines[:2] == ["question,answer,people,label", "age,young,,Young"]
        assert "language,sv,,Svenska" in lines
        filled = "\n".join(
            line.replace(",,", f",{number * 100},")
            for number, line in enumerate(lines)
            if not line.startswith("language")
        )
        assert self.send(client, given(filled.encode())).status_code == 303
        assert "age,young,100,Young" in client.get(f"{self.ADDRESS}/template.csv").text

    def test_without_background_questions_there_is_nothing_to_fill_in(self, client, db):
        sign_in(client, make_member(make_community(slug="plats")))
        assert client.get_page(self.ADDRESS).text


def test_the_command_puts_a_whole_file_in(app, community, tmp_path):
    file = tmp_path / "folk.csv"
    file.write_bytes(GOOD)
    run = app.test_cli_runner().invoke
    what = ["community", "population", "plats", str(file), "--source", "SCB"]
    done = run(args=[*what, "--as-of", "2027-01-01"])
    assert done.exit_code == 0
    assert done.output.endswith("plats: population figures of 1 questions, 3 groups.\n")
    file.write_bytes(GOOD + b"age,nobody,3\nage,old,4\n")
    failed = run(args=[*what, "--as-of", "2027-01-02"])
    assert failed.exit_code == 1
    assert "Line 5: 'nobody' is no answer to 'age'" in failed.output
    assert "Line 6: 'old' of 'age' stands further up already" in failed.output
    assert figures_of(community).people["age"] == {"young": 400, "middle": 200, "old": 400}
    what[2] = "nowhere"
    assert "There is no community nowhere." in run(args=[*what, "--as-of", "2027-01-02"]).output
