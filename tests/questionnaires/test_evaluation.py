"""Every vector of tests/vectors gives on the server and on the phone what it says."""

import json
import math
from datetime import date
from pathlib import Path

import pytest

from engage import web
from engage.questionnaires.evaluation import Context, evaluate
from engage.questionnaires.expressions import ARITY, Expression

SCRIPT = Path(web.__file__).parent / "scripts" / "answer" / "10-conditions.js"
FILE = json.loads((Path(__file__).parent.parent / "vectors" / "expressions.json").read_text())
VECTORS = FILE["vectors"]


def same(left, right):
    """Compare as JSON has it; powers may differ in the last binary place between machines."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return math.isclose(left, right, rel_tol=1e-14)
    return left == right


def wrong(results):
    """Return the vectors that gave something else."""
    return [
        f"{json.dumps(vector, ensure_ascii=False)} gave {result!r}"
        for vector, result in zip(VECTORS, results, strict=True)
        if not same(vector["gives"], result)
    ]


def on_the_server(vector):
    labels = vector.get("labels", {})
    context = Context(
        answers=lambda key, every: vector.get("every" if every else "answers", {}).get(key),
        today=date.fromisoformat(FILE["today"]),
        labels=lambda question, choice: labels.get(question, {}).get(choice, choice),
        checked=vector.get("checked"),
        columns=vector.get("columns", {}),
        position=vector.get("position", 1),
    )
    return evaluate(Expression.model_validate(vector["expression"]), context)


ON_THE_PHONE = """async ({today, vectors}) => {
  const { evaluate } = await import("/static/conditions-alone.js");
  return vectors.map((vector) => evaluate(vector.expression, {
    today,
    answers: (key, every) => (every ? vector.every : vector.answers)?.[key] ?? null,
    labels: (question, choice) => vector.labels?.[question]?.[choice] ?? choice,
    checked: vector.checked,
    columns: vector.columns,
    position: vector.position,
  }));
}"""


def test_the_server_evaluates_every_vector():
    assert wrong(map(on_the_server, VECTORS)) == []


@pytest.mark.sqlite_only
def test_the_phone_evaluates_every_vector_alike(phone):
    # It is served as a piece of answer.js only.
    script = SCRIPT.read_text()
    phone.route(
        "**/conditions-alone.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript"),
    )
    phone.goto("/healthz")
    assert wrong(phone.evaluate(ON_THE_PHONE, FILE)) == []


def test_every_operation_has_a_vector():
    used = {
        node.op
        for vector in VECTORS
        for node in Expression.model_validate(vector["expression"]).walk()
    }
    assert set(ARITY) - used == set()
    assert len(VECTORS) > 500
