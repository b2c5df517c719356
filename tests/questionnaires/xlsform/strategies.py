"""Any document at all, sound or not, for what must come back from a workbook unchanged."""

from hypothesis import strategies as st

from engage.questionnaires.document import Document
from engage.questionnaires.expressions import ARITY
from tests.questionnaires.question_types.samples import LISTS, SAMPLES

LANGUAGES = ("sv", "ar", "en", "fa-AF", "zz")
ODD = (
    "=1+1",
    "  spaces ",
    "a\tb\r\nc",
    "**bold** [x](http://x.example)",
    "<b>x</b> &amp;",
    "${q1} ${nowhere} ${",
    "_x000D_ _x005F_",
    "\x00\x1b\u200b",
    "'\"’",
    "نص عربي",
    "",
)
words = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
texts = st.dictionaries(st.sampled_from(LANGUAGES), words, max_size=3)
names = st.one_of(
    st.sampled_from(["district", "a b", "name", "label", "engage_exact", "list_name", "é"]),
    st.text(min_size=1, max_size=8),
)
choice_keys = st.from_regex(r"[^\s~,|]{1,6}", fullmatch=True) | st.sampled_from(["other", "1"])
keys = st.sampled_from(["q1", "q2", "q3", "r1", "g1", "nowhere"])
_leaves = st.one_of(
    st.builds(
        lambda value: {"op": "value", "value": value},
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(-(10**6), 10**6),
            st.floats(allow_nan=False, allow_infinity=False),
            words,
        ),
    ),
    st.builds(
        lambda name, part, every: {"op": "answer", "name": name, "part": part, "every": every},
        keys,
        st.sampled_from(["", "home", "met"]),
        st.booleans(),
    ),
    st.builds(lambda name: {"op": "entries", "name": name}, keys),
    st.builds(lambda name: {"op": "column", "name": name}, names),
    st.sampled_from([{"op": "self"}, {"op": "position"}, {"op": "today"}]),
)


@st.composite
def _calls(draw, inner):
    op = draw(st.sampled_from([op for op, (least, _most) in ARITY.items() if least]))
    least, most = ARITY[op]
    if op == "label":
        return {"op": op, "args": [{"op": "answer", "name": draw(keys)}]}
    return {
        "op": op,
        "args": draw(st.lists(inner, min_size=least, max_size=min(most or least + 2, least + 2))),
    }


expressions = st.recursive(_leaves, _calls, max_leaves=8)
maybe = st.none() | expressions


@st.composite
def _questions(draw, key):
    sample = draw(st.sampled_from(SAMPLES))
    lists = st.sampled_from(["", *LISTS, "odd list"])
    return {
        "key": key,
        "type": sample.type,
        "settings": sample.settings,
        "choice_list": draw(lists) if draw(st.integers(0, 4)) == 0 else "needs",
        **{name: draw(texts) for name in ("label", "hint", "easy", "why", "audio")},
        **{name: draw(texts) for name in ("required_message", "constraint_message")},
        **{name: draw(st.booleans()) for name in ("required", "other", "randomise", "background")},
        **{name: draw(st.booleans()) for name in ("dont_know", "prefer_not")},
        **{name: draw(maybe) for name in ("relevant", "constraint", "choice_filter")},
        "calculation": draw(maybe),
        "image": draw(st.sampled_from(["", "a" * 64, "not here.png"])),
        "export_name": draw(st.sampled_from(["", "Q 1"])),
    }


@st.composite
def _items(draw, numbers, depth):
    made = []
    for _ in range(draw(st.integers(0 if depth else 1, 3))):
        number = next(numbers)
        shape = draw(st.sampled_from(["question"] * 3 + (["group", "repeat"] if depth < 2 else [])))
        if shape == "question":
            made.append(draw(_questions(f"q{number}")))
            continue
        item = {"kind": shape, "key": f"{shape[0]}{number}", "title": draw(texts)}
        item |= {"hint": draw(texts), "relevant": draw(maybe), "one_screen": draw(st.booleans())}
        if shape == "repeat":
            item |= {"times": draw(maybe), "minimum": draw(st.integers(0, 3))}
            item["maximum"] = draw(st.integers(1, 200))
        made.append(item | {"items": draw(_items(numbers, depth + 1))})
    return made


@st.composite
def documents(draw):
    """Return any document, with questions of all types, whatever its conditions say."""
    odd = [
        {
            "key": key,
            "label": draw(texts),
            "easy": draw(texts),
            "columns": draw(st.dictionaries(names, words, max_size=2)),
        }
        for key in draw(st.lists(choice_keys, max_size=4))
    ]
    lists = {name: {"choices": choices} for name, choices in LISTS.items()}
    return Document.model_validate(
        {
            "title": draw(texts),
            "thanks": draw(texts),
            "introduction": {"who": draw(texts), "more": draw(texts)},
            "languages": draw(st.lists(st.sampled_from(LANGUAGES), max_size=4)),
            "minutes": draw(st.integers(1, 240)),
            "choice_lists": lists | {"odd list": {"choices": odd}},
            "items": draw(_items(iter(range(1, 100)), 0)),
        }
    )
