"""The look of the workbook: one quiet set of formats, status always a word and a colour."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from formflow.rendering.papers.words import STATUS
from formflow.rendering.workbook.tracker_sheets import LINKS, PEOPLES, Column

INK, QUIET, LINES, PANEL, ACCENT = "#0B0C0C", "#505A5F", "#B1B4B6", "#F3F2F1", "#1D70B8"

COLOURS = {word: (f"#{fill}", "#FFFFFF" if white else INK) for word, fill, white in STATUS.values()}


class Looks:
    """Every format of a workbook, made once."""

    def __init__(self, workbook: Workbook, *, locked: bool = False) -> None:
        """Formats belong to one workbook; `locked` closes people's columns too, in a copy for reading."""
        self._locked = locked
        self._workbook = workbook
        self._made: dict[tuple[str, str], Format] = {}
        self._numbers: dict[tuple[str, str, bool], int] = {}
        self.link = self._new(font_color=ACCENT, underline=1, valign="top", border=1, border_color=LINES)
        self.title = self._new(bold=True, font_size=18)
        self.heading = self._new(bold=True, font_size=14)
        self.plain = self._new(valign="top", text_wrap=True)
        self.bold = self._new(bold=True, valign="top")
        self.plain_line = self._new(valign="top")
        self.quiet_line = self._new(font_color=QUIET, font_size=10)
        self.told = self._new(bold=True, text_wrap=True, valign="top", bg_color="#FFDD00")
        self.table_head = self._new(bold=True, font_color="#FFFFFF", bg_color=ACCENT, border=1, border_color=LINES)

    def head(self, column: Column) -> Format:
        """The head of a column: accent for the machine's, white with an accent edge for people's."""
        return self.head_of(peoples=column.peoples)

    def head_of(self, *, peoples: bool) -> Format:
        """The same, for a column of nobody's sheet."""
        if peoples:
            return self._once("head", "yours", bold=True, font_color=ACCENT, bg_color="#FFFFFF", text_wrap=True,
                              valign="vcenter", border=1, border_color=ACCENT)  # fmt: skip
        return self._once("head", "ours", bold=True, font_color="#FFFFFF", bg_color=ACCENT, text_wrap=True,
                          valign="vcenter", border=1, border_color=LINES)  # fmt: skip

    def number(self, kind: str, status: str = "", *, dated: bool = False) -> int:
        """The number by which the cells of a kind name their format; `dated` for a day in a column of people's."""
        known = self._numbers.get((kind, status, dated))
        if known is None:
            look = self.cell("yours-date" if dated else kind, status)
            # The library gives a format its number when it is first used, and keeps it.
            known = self._numbers[kind, status, dated] = int(look._get_xf_index())
        return known

    def cell(self, kind: str, status: str = "") -> Format:
        """A cell of a kind; of a status, in its colour."""
        if kind == "status":
            fill, ink = COLOURS.get(status, ("#FFFFFF", INK))
            return self._once(kind, status, bold=True, bg_color=fill, font_color=ink, valign="top", border=1,
                              border_color=LINES)  # fmt: skip
        if kind in LINKS:
            return self.link
        more: dict[str, object] = {"valign": "top", "border": 1, "border_color": LINES}
        if kind in ("date", "yours-date"):
            more |= {"num_format": "dd/mm/yyyy", "align": "left"}
        if kind in ("long", "yours", "yours-pick", "text", "added"):
            more["text_wrap"] = True
        if kind in ("number", "days"):
            more["num_format"] = "0"
        if kind in PEOPLES:
            more |= {"bg_color": "#FFFFFF", "locked": self._locked}
        else:
            more["bg_color"] = PANEL
        return self._once(kind, "", **more)

    def card(self, status: str) -> tuple[Format, Format]:
        """The figure and the words of a card of the summary."""
        fill, ink = COLOURS.get(status, (PANEL, INK))
        figure = self._once("figure", status, bold=True, font_size=24, align="center", valign="vcenter", bg_color=fill,
                            font_color=ink, top=1, left=1, right=1, border_color=LINES)  # fmt: skip
        words = self._once("words", status, align="center", valign="top", text_wrap=True, bg_color=fill, font_color=ink,
                           bottom=1, left=1, right=1, border_color=LINES)  # fmt: skip
        return figure, words

    def _once(self, kind: str, status: str, **look: object) -> Format:
        key = (kind, status)
        if key not in self._made:
            self._made[key] = self._new(**look)
        return self._made[key]

    def _new(self, **look: object) -> Format:
        return self._workbook.add_format({"font_name": "Arial", "font_size": 11, "font_color": INK, **look})
