"""The status page: what the tracker shows, for people without Excel, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from browser import PROGRAM, Browser
from formflow.recording.entry import Entry
from formflow.rendering.status.state import State, state_of
from formflow.rendering.status.status_page import status_page
from formflow.rendering.workbook.tracker import Desk
from formflow.rendering.workbook.tracker_sheets import CaseLine
from formflow.settings import Partnership
from makers import NOON, TODAY, the_dictionary, the_rules
from rendering.test_workbook import line

in_a_browser = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")
RETURNED = Entry(
    "20260320-120000-abcdef12", "ab" * 32, NOON, "20 March 2026, 12:00.docx", "returned", "to-mend", "", 0, 0, ()
)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def a_book(*lines: CaseLine, entries: tuple[Entry, ...] = (), name: str = "Fenwold Partnership") -> State:
    desk = Desk(TODAY, the_rules().working_days, the_dictionary(), Partnership(name=name, contact="the business unit"))
    return state_of(lines, entries, desk, NOON)


def page(content: State) -> str:
    return status_page(content).decode()


def test_it_shows_cases_deadlines_questions_and_forms_returned() -> None:
    shown = page(a_book(line(1), line(2), entries=(RETURNED,)))
    for words in ("Overdue and due soon", "Open cases", "Deadlines", "Questions on forms", "working days",
                  "Forms returned, to be mended", "SIN-2026-002", 'href="cases/SIN-2026-001/"'):  # fmt: skip
        assert words in shown, words
    assert 'href="returned/20260320-120000-abcdef12/"' in shown


def test_without_any_case_it_says_so_in_words() -> None:
    shown = page(a_book())
    for words in ("No case is open.", "Nothing is overdue or due soon.", "No form had to be returned."):
        assert words in shown, words


def test_no_name_of_a_child_stands_on_it() -> None:
    shown = page(a_book(line(1, child_1_forename="Zebedee", child_1_surname="Quillfeather")))
    assert "Zebedee" not in shown
    assert "Quillfeather" not in shown
    assert "Z.Q." in shown


def test_no_note_of_a_manager_is_shown_to_everybody() -> None:
    assert "note 1" not in page(a_book(line(1)))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("status")
    now = datetime.now(UTC)
    many = a_book(*(line(n, other_la=HOSTILE) for n in range(1, 31)), entries=(RETURNED,), name=f"Fenwold {HOSTILE}")
    made = {
        "new": replace(many, made_at=now),
        "old": replace(many, made_at=now - timedelta(days=4)),
        "empty": replace(a_book(), made_at=now),
    }
    for name, content in made.items():
        (folder / f"{name}.html").write_bytes(status_page(content))
    return {name: folder / f"{name}.html" for name in made}


@in_a_browser
@pytest.mark.parametrize("name", ["new", "empty"])
def test_it_works_from_a_file_share_without_a_server_or_a_network(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    browser.open(pages[name])
    assert browser.fetched() == {pages[name].as_uri()}
    assert browser.complaints() == []
    assert browser.get("document.images.length") == 0


@in_a_browser
def test_it_warns_when_it_was_made_long_ago_and_only_then(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["new"])
    assert browser.get("document.getElementById('stale').hidden") is True
    browser.open(pages["old"])
    assert "It was made 4 days ago." in browser.get("document.getElementById('stale').innerText")


@in_a_browser
def test_a_head_sorts_by_real_days_and_empty_cells_stay_last(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["new"])
    due = (
        "(heads => [...document.querySelectorAll('#deadlines-table tbody tr')]"
        ".map(row => row.cells[heads.indexOf('Due')].dataset.sort))"
        "([...document.querySelectorAll('#deadlines-table th[scope=col]')].map(head => head.innerText))"
    )
    for order in ("ascending", "descending"):
        browser.get(
            "[...document.querySelectorAll('#deadlines-table th button')].find(b => b.innerText == 'Due').click()"
        )
        found = [day for day in browser.get(due) if day]
        assert found == sorted(found, reverse=order == "descending")
        assert browser.get(f"document.querySelectorAll('#deadlines-table [aria-sort={order}]').length") == 1
        assert browser.get(due)[len(found) :] == [""] * (len(browser.get(due)) - len(found))


@in_a_browser
def test_a_filter_shows_only_rows_with_its_words_and_says_how_many(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["new"])
    browser.click("#open-cases ~ .tools input")
    browser.ask("Input.insertText", text="sin-2026-007")
    shown = "[...document.querySelectorAll('#open-cases-table tbody tr')].filter(row => row.offsetHeight).length"
    assert browser.get(shown) == 1
    assert browser.get("document.getElementById('open-cases-table-found').innerText") == "1 of 30 shown"


@in_a_browser
def test_a_table_can_be_sorted_by_keyboard_alone(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["new"])
    browser.get("document.querySelector('#open-cases-table th button').focus()")
    browser.ask(
        "Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
    )
    browser.key("Enter", 13)
    assert browser.get("document.querySelector('#open-cases-table th').getAttribute('aria-sort')")


@in_a_browser
@pytest.mark.parametrize("width", [320, 768, 1366])
def test_nothing_sticks_out_of_a_phone_or_a_wide_screen(browser: Browser, pages: dict[str, Path], width: int) -> None:
    browser.look(width=width)
    browser.open(pages["new"])
    assert browser.get("document.documentElement.scrollWidth") <= width


@in_a_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["new", "old", "empty"])
def test_axe_finds_nothing_that_bars_anyone(
    browser: Browser, pages: dict[str, Path], axe: str, name: str, *, dark: bool
) -> None:
    browser.look(dark=dark, width=1366)
    browser.open(pages[name])
    browser.ask("Runtime.evaluate", expression=axe)
    found: list[dict[str, Any]] = browser.get(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(r => r.violations.map(v => ({id: v.id, at: v.nodes.slice(0, 3).map(n => n.html.slice(0, 200))})))"
    )
    assert found == []
