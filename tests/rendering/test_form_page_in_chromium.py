"""The page to check a form by, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browser import PROGRAM, Browser
from formflow.reading.apart import ReadingRoom
from formflow.rendering.page.form_page import form_page
from makers import NOON, a_form, a_pdf_form
from rendering.test_form_page import HOSTILE, a_sheet

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages of a PDF form with pictures, of a Word form without, and of one that means harm."""
    folder = tmp_path_factory.mktemp("pages")
    content = a_pdf_form(without=("child_1_surname", "incident_date"))
    with ReadingRoom() as room:
        pictures = room.draw(content, "form.pdf")
    sheets = {
        "pdf": a_sheet(content, "form.pdf", pictures),
        "word": a_sheet(a_form()),
        "hostile": a_sheet(a_form(incident_place=HOSTILE, incident_summary=HOSTILE)),
    }
    for name, sheet in sheets.items():
        (folder / f"{name}.html").write_bytes(form_page([sheet], NOON))
    return {name: folder / f"{name}.html" for name in sheets}


@pytest.mark.parametrize("name", ["pdf", "word", "hostile"])
def test_the_browser_shows_the_page_without_a_complaint_and_asks_for_nothing_else(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    browser.open(pages[name])
    assert browser.fetched() == {pages[name].as_uri()}
    assert browser.complaints() == []
    assert browser.get("document.scripts.length") == 1
    assert browser.get("document.images.length") == 0


def test_pointing_at_an_answer_lights_its_place_and_brings_it_into_view(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["pdf"])
    browser.get("document.querySelector('#a1-incident_summary').scrollIntoView({block: 'center'})")
    browser.hover("#a1-incident_summary")
    browser.get("new Promise(done => setTimeout(done, 400))")
    assert browser.get("document.querySelector('.place.lit').dataset.f") == "incident_summary"
    assert in_view(browser, ".place.lit")


def test_a_place_leads_back_to_its_answer_also_by_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["pdf"])
    browser.get("document.querySelector('.place[data-f=incident_summary]').focus()")
    assert browser.get("document.querySelector('.line.lit').id") == "a1-incident_summary"
    assert in_view(browser, "#a1-incident_summary")
    browser.key("Enter", 13)
    assert browser.get("location.hash") == "#a1-incident_summary"


@pytest.mark.parametrize("name", ["pdf", "word"])
def test_without_the_script_a_link_still_goes_to_the_place(browser: Browser, pages: dict[str, Path], name: str) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(pages[name])
        browser.click("#a1-incident_summary .meta a")
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.get("document.querySelector(':target').dataset.f") == "incident_summary"
    assert in_view(browser, ":target")


def test_the_filters_show_what_they_say_and_need_no_script(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["pdf"])
    for key in ("said", "ask", "blank", "all"):
        browser.click(f"input[value={key}]")
        told = browser.get(f"document.querySelector('input[value={key}]').parentNode.innerText")
        seen = browser.get("[...document.querySelectorAll('.line')].filter(each => each.offsetHeight).length")
        assert f"({seen})" in told, key
        heads = browser.get("[...document.querySelectorAll('.part-of')].filter(each => each.offsetHeight).length")
        used = browser.get(
            "new Set([...document.querySelectorAll('.line')].filter(each => each.offsetHeight)"
            ".map(each => each.closest('.part-of'))).size"
        )
        assert heads == used
    browser.click("input[value=check]")
    assert "no such answer" in browser.get("document.querySelector('.none').innerText")


@pytest.mark.parametrize("width", [320, 768, 1400])
@pytest.mark.parametrize("name", ["pdf", "word"])
def test_nothing_sticks_out_of_a_narrow_or_a_wide_screen(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.look(width=width)
    browser.open(pages[name])
    browser.click("input[value=all]")
    assert browser.get("document.documentElement.scrollWidth") <= width


def test_the_picture_is_as_high_as_the_page_it_shows(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["pdf"])
    shape = browser.get("(b => b.width / b.height)(document.querySelector('svg').getBoundingClientRect())")
    assert abs(shape - 595 / 842) < 0.01


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["pdf", "word"])
def test_axe_finds_nothing_that_bars_anyone(
    browser: Browser, pages: dict[str, Path], axe: str, name: str, *, dark: bool
) -> None:
    browser.look(dark=dark, width=1400)
    browser.open(pages[name])
    browser.click("input[value=all]")
    browser.ask("Runtime.evaluate", expression=axe)
    found: list[dict[str, Any]] = browser.get(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(r => r.violations.map(v => ({id: v.id, at: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))})))"
    )
    assert found == []


def in_view(browser: Browser, selector: str) -> bool:
    """Whether the middle of what a selector finds is on the screen."""
    return bool(
        browser.get(
            f"(b => b.top + b.height / 2 > 0 && b.top + b.height / 2 < innerHeight)"
            f"(document.querySelector({selector!r}).getBoundingClientRect())"
        )
    )
