"""What is done at each element of a Word file."""

from __future__ import annotations

from formflow.reading import word_fields, word_grid, word_lines
from formflow.reading.word_walk import Step, Walk, descend

_PASSED_BY = frozenset(
    {"rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "sectPr", "instrText", "rt",
     "rubyPr", "delInstrText", "fldData", "Fallback", "annotationRef"}
)  # fmt: skip


def _tab(walk: Walk, _: object) -> None:
    walk.put("\t")


def _break(walk: Walk, _: object) -> None:
    walk.put("\n")


def _hyphen(walk: Walk, _: object) -> None:
    walk.put("-")


_BY_NAME: dict[str, Step] = {
    "p": word_lines.paragraph,
    "pPr": word_lines.paragraph_properties,
    "r": word_lines.run,
    "t": word_lines.plain_words,
    "delText": word_lines.struck_words,
    "tab": _tab,
    "ptab": _tab,
    "br": _break,
    "cr": _break,
    "noBreakHyphen": _hyphen,
    "sym": word_lines.drawn,
    "symEx": word_lines.drawn,
    "footnoteReference": word_lines.note_sign,
    "endnoteReference": word_lines.note_sign,
    "commentReference": word_lines.note_sign,
    "fldChar": word_fields.field_mark,
    "sdt": word_fields.control,
    "tbl": word_grid.table,
    "tr": word_grid.row,
    "trPr": word_grid.row_properties,
    "tc": word_grid.cell,
    "tcPr": word_grid.cell_properties,
    "ins": word_lines.added,
    "moveTo": word_lines.added,
    "del": word_lines.struck,
    "moveFrom": word_lines.struck,
    "oval": word_lines.shape,
    "prstGeom": word_lines.shape,
    "contentPart": word_lines.shape,
    "AlternateContent": word_lines.either,
    "txbxContent": word_lines.text_box,
}


class _Steps(dict[str, Step | None]):
    """Steps by the full name of an element; others are only gone through."""

    def __missing__(self, tag: str) -> Step | None:
        if len(self) > 5_000:  # a hostile file may make up names without end
            self.clear()
        name = tag.rpartition("}")[2]
        step = self[tag] = None if name in _PASSED_BY else _BY_NAME.get(name, descend)
        return step


STEPS = _Steps()
