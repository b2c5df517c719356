"""Areas of a community: put in from a file after a look, named, moved; nothing half."""

import json
from datetime import UTC, datetime

import pytest

from engage.communities.actions.areas import move_area, planned_change, replace_areas
from engage.communities.geojson import NamedArea
from engage.communities.models import Area
from engage.communities.queries import area, areas
from tests.factories.accounts import sign_in
from tests.factories.communities import make_area, make_community, make_member, square

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def drawn(*keys, **more):
    return [
        NamedArea(key, key.upper(), square(16 + number, 59), **more)
        for number, key in enumerate(keys)
    ]


def test_areas_of_a_file_take_the_place_of_those_before(db):
    community, other = make_community(), make_community()
    kept = make_area(community, "b", name={"sv": "Gammal", "ar": "ب"}, population=90, position=0)
    make_area(community, "gone", position=1)
    make_area(other, "b")
    change = planned_change(community, drawn("a", "b"))
    assert (change.new, change.kept, change.gone) == (["a"], ["b"], ["gone"])
    replace_areas(community, drawn("a", "b"), "sv", who=None, now=NOW)
    db.session.commit()
    assert [one.key for one in areas(community)] == ["a", "b"]
    assert kept.id == area(community, "b").id
    assert area(community, "b").name == {"sv": "B", "ar": "ب"}
    assert area(community, "b").population == 90
    assert [one.key for one in areas(other)] == ["b"]
    assert [one.key for one in community.areas] == ["a", "b"]


def test_areas_move_up_and_down_and_stop_at_the_ends(db):
    community = make_community()
    for position, key in enumerate("abc"):
        make_area(community, key, position=position)

    def order():
        db.session.flush()
        return "".join(one.key for one in areas(community))

    move_area(community, area(community, "c"), -1)
    assert order() == "acb"
    move_area(community, area(community, "a"), -1)
    assert order() == "acb"
    move_area(community, area(community, "a"), 1)
    assert order() == "cab"


@pytest.mark.sqlite_only
class TestPages:
    """From a file to a map."""

    @pytest.fixture
    def community(self, client):
        made = make_community(slug="plats", languages=["sv", "en"], default_language="sv")
        sign_in(client, make_member(made))
        return made

    def file(self, *properties):
        features = [
            {
                "type": "Feature",
                "properties": one,
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": square(16.5 + number / 10, 59.6),
                },
            }
            for number, one in enumerate(properties)
        ]
        return json.dumps({"type": "FeatureCollection", "features": features}).encode()

    def upload(self, client, data):
        """Send a file as a browser would; written out here because a client keeps big ones open."""
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.geojson"\r\n\r\n'
        return client.post_page(
            "/en/c/plats/areas/upload",
            head + data + b"\r\n--x--\r\n",
            content_type="multipart/form-data; boundary=x",
        )

    def test_a_file_is_looked_at_and_then_put_in(self, client, community, db):
        data = self.file(
            {"kod": "n", "namn": "<b>Norr</b>", "folk": 120, "x": "y"},
            {"kod": "s", "namn": "Söder", "folk": 80, "x": "y"},
        )
        page = self.upload(client, data)
        assert page.h1 == "Is this right?"
        assert "<b>Norr</b>" in page.text
        assert len(page.all("//*[@class='area-map']/*[local-name()='path']")) == 2
        assert db.session.query(Area).count() == 0
        fields = page.fields("//main/form")
        assert (fields["key"], fields["name"], fields["language"]) == ("kod", "namn", "sv")
        again = client.post_page(
            "/en/c/plats/areas/check", {**fields, "population": "folk", "look": "1"}
        )
        assert "120" in again.text
        assert db.session.query(Area).count() == 0
        done = client.post_page("/en/c/plats/areas/check", again.fields("//main/form"))
        assert "The areas are in place." in done.text
        found = areas(community)
        assert [(one.key, one.name, one.population) for one in found] == [
            ("n", {"sv": "<b>Norr</b>"}, 120),
            ("s", {"sv": "Söder"}, 80),
        ]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "There is nothing in the file."),
            (b"not json", "The file is not JSON."),
            (b"[" * 1_000_000, "The file is not JSON."),
            (b" " * (10 * 1024 * 1024), "The file is too big. Choose one of at most 8 MB."),
            (b'{"type":"FeatureCollection","features":[]}', "There is nothing in the file."),
            (b'{"type":"FeatureCollection","features":[1]}', "Number 1 in the file is not a"),
        ],
        ids=range(6),
    )
    def test_a_bad_file_changes_nothing_and_says_what_to_do(
        self, client, community, data, words, db
    ):
        make_area(community, "kvar")
        page = self.upload(client, data)
        assert words in page.text
        assert page.title.startswith("Error:")
        assert [one.key for one in areas(community)] == ["kvar"]

    def test_each_bad_feature_is_named_up_to_twenty(self, client, community):
        document = json.loads(self.file(*[{"k": number} for number in range(30)]))
        for feature in document["features"]:
            feature["geometry"] = None
        page = self.upload(client, json.dumps(document).encode())
        assert "Feature 20 is not an area." in page.text
        assert "And 10 more problems." in page.text
        assert "Feature 21 " not in page.text

    def test_no_file_is_told(self, client, community):
        page = client.post_page("/en/c/plats/areas/upload", {})
        assert "Choose a file." in page.text

    def test_names_that_give_the_same_key_are_told(self, client, community):
        page = self.upload(client, self.file({"kod": "1", "n": "A"}, {"kod": "2", "n": "Å"}))
        fields = page.fields("//main/form")
        assert page.all("//select[@name='key']/option/@value") == ["kod"]
        answer = client.post_page("/en/c/plats/areas/check", {**fields, "key": "n"})
        assert "Feature 2 has the key “a”, and so has one before it." in answer.text

    @pytest.mark.parametrize("document", ["", "{}", "[" * 100_000, '{"type": "FeatureCollection"}'])
    def test_a_forged_document_is_refused(self, client, community, document):
        sent = {"document": document, "key": "k", "name": "k", "language": "sv"}
        client.post_page("/en/c/plats/areas/check", sent, status=400)

    def test_coming_back_to_the_look_begins_anew(self, client, community):
        assert client.get("/en/c/plats/areas/check").status_code == 303

    def test_an_area_is_named_in_every_language(self, client, community, db):
        one = make_area(community, "n", name={"sv": "Norr", "fi": "Pohjoinen"})
        url = "/en/c/plats/areas/n/edit"
        page = client.get_page(url)
        assert page.find("//input[@name='name_sv']").get("lang") == "sv"
        wrong = client.post_page(url, {"name_sv": "", "name_en": "North", "population": "-3"})
        assert "Fill in this field." in wrong.text
        assert wrong.find("//input[@name='name_en']").get("value") == "North"
        client.post_page(url, {"name_sv": "Norra", "name_en": "North", "population": "3"})
        db.session.expire_all()
        assert one.name == {"sv": "Norra", "en": "North", "fi": "Pohjoinen"}
        assert one.population == 3

    def test_areas_are_moved_by_buttons(self, client, community, db):
        make_area(community, "n", position=0)
        make_area(community, "s", position=1)
        assert client.post("/en/c/plats/areas/s/move", data={"direction": "x"}).status_code == 400
        page = client.post_page("/en/c/plats/areas/s/move", {"direction": "up"})
        assert "Number 1 of 2" in page.text
        db.session.expire_all()
        assert [one.key for one in areas(community)] == ["s", "n"]
