"""The grid of marks: the phone moves a point to the same crossing as the server (R-35)."""

import json
from pathlib import Path

import pytest

from engage.questionnaires.grid import snapped

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "grid.json").read_text("utf-8"))
ON_THE_PHONE = """async (vectors) => {
  const { snapped } = await import("/static/map.js");
  return vectors.map(({ point, metres }) => snapped(...point, metres));
}"""


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['point']} {v['metres']}")
def test_r35_the_server_moves_a_point_to_its_crossing(vector):
    assert list(snapped(*vector["point"], vector["metres"])) == vector["kept"]


@pytest.mark.sqlite_only
def test_r35_the_phone_moves_every_point_alike(phone):
    phone.goto("/healthz")
    assert phone.evaluate(ON_THE_PHONE, VECTORS) == [vector["kept"] for vector in VECTORS]
