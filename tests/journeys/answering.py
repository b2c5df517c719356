"""How somebody answers the example's questionnaire: by tapping and typing, with and without JS."""

from playwright.sync_api import Locator, Page

from tests.journeys.conftest import Visitor

#: What is chosen: question → field part → value; an empty part is the question's own field.
CHOSEN: dict[str, dict[str, list[str]]] = {
    "satisfaction": {"": [":nth(1)"]},
    "safe": {"": ["very_unsafe"]},
    "unsafe_place": {"area": [":nth(0)"]},
    "influence": {"": [":nth(0)"]},
    "trust": {
        part: [":nth(1)"]
        for part in ("neighbours", "school_staff", "housing_company", "city", "police")
    },
    "taken_part": {"": [":nth(0)", ":nth(1)"]},
    "want_part": {"": ["yes"]},
    "easier": {"": [":nth(0)", "other"]},
    "work": {"": ["other"]},
    "chance": {"": ["~dont_know"]},
    "area": {"": [":nth(0)"]},
    "age": {"": [":nth(2)"]},
    "gender": {"": ["~prefer_not"]},
    "home_language": {"": [":nth(1)"]},
    "child_leisure": {"": ["yes"]},
}
NEEDS = ("safety", "jobs", "meeting", "school", "housing", "say")
CHOSEN["needs"] = {
    f"{need}.{half}": [":nth(2)"] for need in NEEDS for half in ("importance", "met")
}
#: What is written, by language.
TYPED: dict[str, dict[str, str]] = {
    "sv": {
        "unsafe_place:text": "Gången vid torget",
        "easier:words": "Möten på kvällen",
        "work:words": "Jag studerar på distans",
        "children": "2",
        "child_age": "7",
        "best": "Grannarna och parken",
        "change": "Mer ljus på gångvägen",
    },
    "ar": {
        "unsafe_place:text": "الممر قرب الساحة",
        "easier:words": "اجتماعات في المساء",
        "work:words": "أدرس عن بعد",
        "children": "٢",
        "child_age": "٧",
        "best": "الجيران والحديقة",
        "change": "إضاءة أكثر في الطريق",
    },
}
WRONG_NUMBER = {"sv": "tjugo", "ar": "عشرون"}


def question(page: Page, name: str) -> Locator:
    """Return the frame of a question."""
    return page.locator(f'.question[data-name="{name}"]')


def answer(page: Page, name: str, language: str) -> None:
    """Give a question of the example its answer; inside a repeat its key comes last."""
    key = name.split(".")[-1]
    box = question(page, name)
    for part, values in CHOSEN.get(key, {}).items():
        field = f"{name}:{part}" if part else name
        for value in values:
            tap(box, field, value)
    for field, text in TYPED[language].items():
        if field.split(":")[0] == key:
            typed = box.locator(f'[name="{name + field[len(key) :]}"]')
            if typed.is_visible():
                typed.fill(text)
    if key == "priority":
        rank(box, name)


def tap(box: Locator, field: str, value: str) -> None:
    """Tap the tile of a choice: by its key, or by its place in the list."""
    tiles = box.locator(f'label.tile:has([name="{field}"])')
    if value.startswith(":nth"):
        tiles.nth(int(value[5:-1])).click()
    else:
        tiles.locator(f'xpath=self::*[.//input[@value="{value}"]]').click()


def rank(box: Locator, name: str) -> None:
    """Put three choices in order: by tapping, or in the lists there are without a script."""
    places = box.locator("select")
    if places.first.is_visible():
        for number in range(3):
            places.nth(number).select_option(index=number + 1)
        return
    for _ in range(3):
        box.locator("button.tile").first.click()
    order = [item.inner_text() for item in box.locator(".ranked li > span").all()]
    box.locator(".ranked li").nth(1).locator("button.move").first.click()
    now = [item.inner_text() for item in box.locator(".ranked li > span").all()]
    assert now == [order[1], order[0], order[2]]


def names_on_screen(page: Page) -> list[str]:
    """Return the names of the questions somebody sees now."""
    found = page.locator("#questions .question[data-name]")
    return [str(one.get_attribute("data-name")) for one in found.all() if one.is_visible()]


def go_on(page: Page) -> None:
    """Press “Continue”."""
    page.locator("#continue").click()


def answer_on_screens(visitor: Visitor, language: str) -> list[str]:
    """Answer screen by screen until the review; return the names in the order they came."""
    page, came = visitor.page, []
    for _ in range(60):
        if page.locator("#review").is_visible():
            return came
        names = names_on_screen(page)
        assert not set(names) & set(came), f"asked twice: {names}"
        came += names
        visitor.check()
        if names == ["children"]:
            try_a_wrong_number(visitor, language)
        for name in names:
            answer(page, name, language)
        go_on(page)
    raise AssertionError(f"no review after {came}")


def try_a_wrong_number(visitor: Visitor, language: str) -> None:
    """Type words where a number belongs: told on top and at the field, nothing lost."""
    page = visitor.page
    page.locator('[name="children"]').fill(WRONG_NUMBER[language])
    go_on(page)
    summary = page.locator("main .error-summary")
    summary.wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    told = summary.locator("a").inner_text()
    assert told in page.locator("#children-error").inner_text()
    assert page.locator('[name="children"]').input_value() == WRONG_NUMBER[language]
    visitor.check(dark=True)
    summary.locator("a").click()
    assert page.evaluate("document.activeElement.name") == "children"


def answer_in_one_form(visitor: Visitor, language: str) -> None:
    """Answer the one long form there is without JavaScript, until the review."""
    page = visitor.page
    assert page.locator(".screen:visible").count() > 20
    visitor.check(dark=True)
    for name in CHOSEN | {"priority": {}, "children": {}, "best": {}, "change": {}}:
        if not name.startswith("child_"):
            answer(page, name, language)
    page.locator('[name="children"]').fill(WRONG_NUMBER[language])
    go_on(page)
    assert page.locator('[name="children"]').input_value() == WRONG_NUMBER[language]
    assert page.locator('[name="best"]').input_value() == TYPED[language]["best"]
    told = page.locator(".error-summary a").inner_text()
    assert told in page.locator("#children-error").inner_text()
    visitor.check()
    page.locator('[name="children"]').fill(TYPED[language]["children"])
    go_on(page)
    assert len(page.locator('[name$=".child_age"]').all()) == 2, "a child each is asked about"
    visitor.check()
    for name in ("child.1.child_age", "child.1.child_leisure", "child.2.child_age"):
        answer(page, name, language)
    go_on(page)
