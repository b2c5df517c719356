"""Any valid questionnaire, for hypothesis: groups, repeats, lists, conditions that look back."""

from hypothesis import strategies as st

from engage.questionnaires.document import Document
from engage.questionnaires.question_types import QUESTION_TYPES

LANGUAGES = ("sv", "ar", "so")
CHOICES = [{"key": key, "label": {"sv": key.upper()}} for key in ("a", "b", "c")]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12).map(
    lambda words: words.replace("$", "")
)
#: Types that need nothing but a label, or a list of choices.
PLAIN = [
    name
    for name in ("single_choice", "multiple_choice", "number", "short_text", "note", "yes_no")
    if name in QUESTION_TYPES
]


@st.composite
def texts(draw, label: str):
    """Return a text with words in the first language and perhaps in others."""
    others = {code: draw(WORDS) for code in LANGUAGES[1:] if draw(st.booleans())}
    return {"sv": label, **{code: words for code, words in others.items() if words.strip()}}


@st.composite
def conditions(draw, keys):
    """Return a condition on one or two of the questions before it, or none."""
    if not keys or draw(st.booleans()):
        return {}
    nodes = [
        {"op": "answered", "args": [{"op": "answer", "name": key}]}
        for key in draw(st.lists(st.sampled_from(keys), min_size=1, max_size=2, unique=True))
    ]
    op = draw(st.sampled_from(["all", "any"]))
    node = nodes[0] if len(nodes) == 1 else {"op": op, "args": nodes}
    return {"relevant": {"op": "not", "args": [node]} if draw(st.booleans()) else node}


@st.composite
def questions(draw, key, keys):
    """Return a question that may depend on those before it."""
    kind = draw(st.sampled_from(PLAIN))
    return {
        "key": key,
        "type": kind,
        "label": draw(texts(f"Fråga {key}")),
        "required": draw(st.booleans()),
        "prefer_not": draw(st.booleans()),
        **({"choice_list": "abc"} if QUESTION_TYPES[kind].has_choices else {}),
        **draw(conditions(keys)),
    }


@st.composite
def items(draw, keys, numbers, depth):
    """Return a few items; `keys` gathers the questions that later ones may read."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        key = f"q{next(numbers)}"
        kind = draw(st.sampled_from(["question"] * 4 + (["group", "repeat"] if depth else [])))
        if kind == "question":
            made.append(draw(questions(key, keys)))
            if QUESTION_TYPES[made[-1]["type"]].is_asked:
                keys.append(key)
            continue
        item = {"kind": kind, "key": key, "title": draw(texts(key)), **draw(conditions(keys))}
        item["items"] = draw(items(keys, numbers, depth - 1))
        made.append(item)
    return made


@st.composite
def documents(draw):
    """Return a document without problems: at least one question, everything has words."""
    numbers = iter(range(1, 500))
    keys: list[str] = []
    first = {"key": "q0", "type": "short_text", "label": {"sv": "Först"}}
    return Document.model_validate(
        {
            "title": {"sv": "Titel"},
            "languages": LANGUAGES,
            "choice_lists": {"abc": {"choices": CHOICES}},
            "items": [first, *draw(items(keys, numbers, 2))],
        }
    )
