"""The self-check and the search in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.pages import go

ADDRESS = "/am-i-a-candidate/"
MIGRAINE = "Migraine, or headaches of another kind"
NONE_OF_THESE = "No, none of these apply to me"
STRONG = "A triptan, an opioid or a mix pill, on 10 or more days a month"
HEADACHES = {
    "On how many days a month do you have a headache?": "15 or more",
    "Has it been like this for more than 3 months?": "Yes",
    "Without medicine, do your headaches last 4 hours or more?": "Yes",
}


def answer(page: Page, *words: str) -> None:
    """Choose answers on a page with one question, and go on."""
    for one in words:
        page.get_by_label(one, exact=True).check()
    go_on(page)


def go_on(page: Page) -> None:
    go(
        page.get_by_role("button", name="Continue").or_(
            page.get_by_role("button", name="Start the self-check")
        )
    )


def to_headaches(page: Page) -> None:
    page.goto(ADDRESS)
    answer(page, MIGRAINE)
    answer(page, "Yes")
    sees(page, "Your headaches")


def to_result(page: Page, *, medicine: str, health: str = NONE_OF_THESE) -> None:
    to_headaches(page)
    for question, words in HEADACHES.items():
        page.get_by_role("group", name=question).get_by_label(words, exact=True).check()
    go_on(page)
    answer(page, medicine)
    answer(page, "Yes")
    answer(page, health)


def sees(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_way_to_a_result_and_a_change(visitor: Page) -> None:
    to_result(visitor, medicine=STRONG)
    sees(visitor, "Let’s talk first")
    assert visitor.url.endswith(ADDRESS)
    visitor.get_by_role("button", name="Change Pain-medicine days a month").click()
    expect(visitor.get_by_label(STRONG, exact=True)).to_be_checked()
    answer(visitor, "On fewer days than that, or never")
    sees(visitor, "Worth a talk")
    visitor.get_by_role("link", name="Request a consultation").last.click()
    expect(visitor).to_have_url(re.compile("/consultation/"))
    assert [one["name"] for one in visitor.context.cookies()] in ([], ["csrf"], ["draft"], ["csrf", "draft"])


def test_a_forgotten_question_takes_the_focus_to_the_problem(visitor: Page) -> None:
    to_headaches(visitor)
    visitor.get_by_label("15 or more", exact=True).check()
    go_on(visitor)
    expect(visitor).to_have_title(re.compile("^Error:"))
    summary = visitor.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    expect(visitor.get_by_label("15 or more", exact=True)).to_be_checked()
    summary.get_by_role("link").first.click()
    months = visitor.get_by_role("group", name="Has it been like this for more than 3 months?")
    expect(months.get_by_label("Yes", exact=True)).to_be_focused()


def test_back_keeps_the_answers_and_enter_goes_on(visitor: Page) -> None:
    to_headaches(visitor)
    visitor.get_by_role("button", name="Back").click()
    sees(visitor, "Are you 18 or older?")
    expect(visitor.get_by_label("Yes", exact=True)).to_be_checked()
    visitor.get_by_label("Yes", exact=True).press("Enter")
    sees(visitor, "Your headaches")


def test_the_browsers_own_back_and_reload_lose_nothing(visitor: Page) -> None:
    visitor.goto(ADDRESS)
    answer(visitor, "Jaw pain (TMJ)")
    sees(visitor, "Are you 18 or older?")
    visitor.reload()
    sees(visitor, "Are you 18 or older?")
    visitor.wait_for_load_state()
    visitor.go_back()
    sees(visitor, "Am I a candidate for BOTOX?")
    answer(visitor, "Back pain")
    sees(visitor, "Are you 18 or older?")


def test_nothing_stays_behind_in_the_browser(page: Page) -> None:
    to_result(page, medicine=STRONG, health="Trouble swallowing or breathing")
    sees(page, "Let’s talk first")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("location.search + location.hash") == ""


def test_every_page_is_accessible(page: Page, check_page: Callable[[Page], None]) -> None:
    page.goto(ADDRESS)
    check_page(page)
    to_headaches(page)
    check_page(page)
    go_on(page)
    expect(page).to_have_title(re.compile("^Error:"))
    check_page(page)
    for medicine, health, heading in (
        (STRONG, NONE_OF_THESE, "Let’s talk first"),
        ("On fewer days than that, or never", NONE_OF_THESE, "Worth a talk"),
        (STRONG, "An allergy to a botulinum toxin product or to albumin", "Not suitable for now"),
    ):
        to_result(page, medicine=medicine, health=health)
        sees(page, heading)
        check_page(page)


def test_a_person_under_18_is_told_at_once(visitor: Page) -> None:
    visitor.goto(ADDRESS)
    answer(visitor, MIGRAINE)
    answer(visitor, "No")
    sees(visitor, "This check is for adults")
    expect(visitor.locator("main").get_by_role("link", name="Request a consultation")).to_have_count(0)


def test_search_by_keyboard(visitor: Page) -> None:
    visitor.goto("/search/")
    box = visitor.get_by_role("search").get_by_label("What are you looking for?")
    box.fill("botox price")
    box.press("Enter")
    first = visitor.locator("main").get_by_role("heading", level=3).first
    expect(first).to_contain_text("cost")
    first.get_by_role("link").click()
    expect(visitor).to_have_url(re.compile("/costs/$"))


def test_search_is_accessible(page: Page, check_page: Callable[[Page], None]) -> None:
    for words in ("", "migraine", "zanzibar"):
        page.goto(f"/search/?q={words}")
        check_page(page)
