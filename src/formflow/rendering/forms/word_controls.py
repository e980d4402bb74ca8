"""Word content controls: text, dates, lists, tick boxes and rows that people can add to."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from formflow.rendering.word_kit import QUIET, run

TICKED, EMPTY = "☒", "☐"
_BOX_FONT = "MS Gothic"
_LONGEST = 64
"""Characters that Word allows in a title or a tag."""


class Numbers:
    """Gives each control of a document a number of its own."""

    def __init__(self) -> None:
        """Start at the first number."""
        self._last = 100_000_000

    def next(self) -> int:
        """The next number; always the same in the same document."""
        self._last += 1
        return self._last


def written(tag: str, title: str, prompt: str, numbers: Numbers, *, long: bool = False) -> str:
    """A control for words; `long` ones take line breaks."""
    kind = '<w:text w:multiLine="1"/>' if long else "<w:text/>"
    return _control(tag, title, numbers, kind, _prompt(prompt), prompt=True)


def dated(tag: str, title: str, prompt: str, numbers: Numbers) -> str:
    """A control for a day, with a calendar to pick from."""
    kind = (
        '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/>'
        '<w:calendar w:val="gregorian"/></w:date>'
    )
    return _control(tag, title, numbers, kind, _prompt(prompt), prompt=True)


def chosen(tag: str, title: str, prompt: str, options: Sequence[tuple[str, str]], numbers: Numbers) -> str:
    """A control with a list to choose from."""
    entries = "".join(
        f"<w:listItem w:displayText={quoteattr(words)} w:value={quoteattr(option)}/>" for option, words in options
    )
    return _control(tag, title, numbers, f"<w:dropDownList>{entries}</w:dropDownList>", _prompt(prompt), prompt=True)


def ticked(tag: str, title: str, numbers: Numbers, size: float) -> str:
    """A tick box; `size` in points, large enough to tick on paper."""
    kind = (
        f'<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="{_BOX_FONT}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{_BOX_FONT}"/></w14:checkbox>'
    )
    return _control(tag, title, numbers, kind, run(EMPTY, size=size, font=_BOX_FONT))


def fixed(tag: str, title: str, words: str, numbers: Numbers) -> str:
    """A control whose words stay as they are."""
    return _control(tag, title, numbers, "<w:text/>", run(words, style="Source"), lock="sdtContentLocked")


def repeating(tag: str, title: str, rows: Sequence[str], numbers: Numbers) -> str:
    """Rows of a table that people can add to and take from."""
    items = "".join(
        f'<w:sdt><w:sdtPr><w:id w:val="{numbers.next()}"/><w15:repeatingSectionItem/></w:sdtPr>'
        f"<w:sdtContent>{row}</w:sdtContent></w:sdt>"
        for row in rows
    )
    return _control(
        tag,
        title,
        numbers,
        f"<w15:repeatingSection><w15:sectionTitle w15:val={quoteattr(_short(title))}/></w15:repeatingSection>",
        items,
    )


def _control(
    tag: str, title: str, numbers: Numbers, kind: str, content: str, *, prompt: bool = False, lock: str = ""
) -> str:
    properties = (
        f'<w:alias w:val={quoteattr(_short(title))}/><w:tag w:val={quoteattr(tag)}/><w:id w:val="{numbers.next()}"/>'
        + (f'<w:lock w:val="{lock}"/>' if lock else "")
        + ("<w:showingPlcHdr/>" if prompt else "")
        + kind
    )
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _prompt(words: str) -> str:
    return run(words, style="PlaceholderText", color=QUIET)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
