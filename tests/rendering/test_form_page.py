"""The page to check a form by, as it is written."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from formflow import shipped
from formflow.extracting.extract import extract
from formflow.reading.document import Document, Paragraph, Piece
from formflow.reading.picture import Picture, Pictures, Seen
from formflow.reading.read import read
from formflow.rendering.page.form_page import Sheet, form_page
from formflow.rendering.page.review import review
from formflow.validating.validate import validate
from makers import NOON, TODAY, a_form, a_pdf_form, the_dictionary, the_knowledge

HOSTILE = """</style><script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }}'">"""


def a_sheet(content: bytes, name: str = "form.docx", pictures: Pictures = Pictures()) -> Sheet:  # noqa: B008 - frozen
    document = read(content, name)
    form = extract(document, the_knowledge(), TODAY)
    told = review(form, validate(form, the_dictionary(), TODAY), the_dictionary())
    return Sheet(name, "", "ab" * 32, form=form, document=document, review=told, pictures=pictures)


def page_of(*sheets: Sheet) -> str:
    return form_page(sheets, NOON).decode()


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.all if "id" in attributes]


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(a_sheet(a_form()))


def test_the_page_says_which_file_when_it_was_read_by_which_layout_and_that_it_records_nothing(page: str) -> None:
    for words in ("form.docx", "ab" * 32, "20 March 2026, 12:00", "formflow-sin-1", "records nothing"):
        assert words in page
    assert "OFFICIAL-SENSITIVE" in page
    assert "delete it after use" in page


def test_an_answer_is_shown_in_words_with_its_place_and_how_sure_it_is(page: str) -> None:
    assert "A child has been seriously harmed" in page
    assert "Sure, by its name" in page
    assert "seriously_harmed" not in page


def test_each_link_leads_somewhere_and_each_name_is_given_once() -> None:
    one, two = a_sheet(a_form()), a_sheet(a_form(without=("incident_date",)))
    tags = Tags(page_of(one, two))
    ids = tags.ids()
    assert len(ids) == len(set(ids))
    aims = [str(a["href"])[1:] for tag, a in tags.all if tag == "a"]
    assert set(aims) <= set(ids)


def test_the_page_fetches_nothing_and_runs_only_its_own_script(page: str) -> None:
    policy = next(a["content"] for tag, a in Tags(page).all if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'")
    for kind, name in (("style", "form.css"), ("script", "form.js")):
        digest = hashlib.sha256(re.findall(f"<{kind}>(.*?)</{kind}>", page, re.DOTALL)[0].encode()).digest()
        assert f"{kind}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy, name
    for tag, attributes in Tags(page).all:
        assert tag not in ("link", "iframe", "object", "embed", "form", "base")
        assert not {name for name in attributes if name.startswith("on") or name == "style"}
        assert not str(attributes.get("src", attributes.get("href", "#"))).startswith(("http", "//", "javascript"))


def test_nothing_that_stands_on_a_form_becomes_part_of_the_page() -> None:
    sheet = a_sheet(a_form(incident_place=HOSTILE))
    html = page_of(Sheet(HOSTILE, HOSTILE, "ab", form=sheet.form, document=sheet.document, review=sheet.review))
    tags = [tag for tag, _ in Tags(html).all]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert "{{ 7 * 7 }}" in html
    assert "&lt;script&gt;alert(1)" in html


def test_what_hides_or_turns_words_round_does_no_harm_and_half_letters_are_written() -> None:
    assert "?" in page_of(Sheet("\ud800.docx", "", "", says="\udfff"))


def test_a_file_that_is_no_form_says_so_and_shows_no_answers() -> None:
    html = page_of(Sheet("notes.docx", "", "ab", says="This is not a form that formflow knows."))
    assert "This is not a form that formflow knows." in html
    assert 'class="answers"' not in html


def test_without_pictures_the_words_of_the_form_are_shown_with_their_places_marked(page: str) -> None:
    assert "cannot be drawn on this computer" in page
    marked = [a for tag, a in Tags(page).all if tag == "a" and str(a.get("class", "")).startswith("place")]
    assert any("At home" in str(a["aria-label"]) for a in marked)
    assert "<svg" not in page


def test_on_a_picture_the_answer_is_framed_where_its_words_stand() -> None:
    words = tuple(
        Seen(text, (x, 100.0, x + 20, 110.0)) for x, text in ((50.0, "Place:"), (80.0, "At"), (103.0, "home"))
    )
    pictures = Pictures((Picture(1, 595, 842, "image/png", b"png", words),), 2)
    html = page_of(a_sheet(a_form(), pictures=pictures))
    assert "1 of 2 pages are shown" in html
    assert "data:image/png;base64,cG5n" in html


def test_our_own_pdf_form_is_marked_by_the_names_of_its_fields() -> None:
    fields = (
        Seen("incident_place", (100, 100, 300, 120)),
        Seen("nature:died", (10, 10, 20, 20), ticked=False),
        Seen("nature:seriously_harmed", (10, 30, 20, 40), ticked=True),
    )
    pictures = Pictures((Picture(1, 595, 842, "image/png", b"png", (), fields),), 1)
    html = page_of(a_sheet(a_pdf_form(), "form.pdf", pictures))
    assert '<rect x="98.5" y="98.5" width="203.0" height="23.0" rx="2"/>' in html
    assert '<rect x="8.5" y="28.5"' in html
    assert '<rect x="8.5" y="8.5"' not in html


def test_a_deeply_nested_or_empty_document_is_still_a_page() -> None:
    sheet = a_sheet(a_form())
    empty = Document("word", blocks=(Paragraph((Piece(""),), "paragraph 1"),))
    assert "What stands on the form" in page_of(
        Sheet("a", "", "b", form=sheet.form, document=empty, review=sheet.review)
    )


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_all_words_stand_out_from_their_ground_in_the_light_and_the_dark_scheme() -> None:
    style = shipped.text("pages/form.css")
    schemes = [
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    light, dark = schemes[0], schemes[0] | schemes[1]
    for scheme in (light, dark):
        for ink in ("ink", "quiet", "accent"):
            for ground in ("ground", "panel", "lit"):
                assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)
        for word, ground in (("#ffffff", "red"), ("#ffffff", "green"), ("#0b0c0c", "yellow"), ("#0b0c0c", "blue")):
            assert contrast(word, scheme[ground]) >= 4.5, ground


def test_the_day_is_the_one_that_is_handed_in() -> None:
    assert date(2026, 3, 20) == NOON.date()
    assert "20 March 2026" in page_of(Sheet("a", "", "b", says="c"))
