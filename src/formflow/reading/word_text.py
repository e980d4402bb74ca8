"""The words inside a piece of a Word file, with revisions taken or left, and symbol-font boxes as boxes."""

from __future__ import annotations

from formflow.reading.xml import Element, attribute, local

_SKIPPED = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "instrText", "fldChar", "Fallback",
     "txbxContent", "delInstrText", "footnoteReference", "commentReference", "annotationRef", "drawing", "object"}
)  # fmt: skip
_GONE = frozenset({"del", "moveFrom"})
_NEW = frozenset({"ins", "moveTo"})

_TICKED, _EMPTY = "☒", "☐"
_SYMBOLS = {
    ("wingdings", 0xFE): _TICKED, ("wingdings", 0xFD): _TICKED, ("wingdings", 0x78): _TICKED,
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗",
    ("wingdings", 0xA8): _EMPTY, ("wingdings", 0x6F): _EMPTY, ("wingdings", 0x71): _EMPTY, ("wingdings", 0x72): _EMPTY,
    ("wingdings 2", 0x52): _TICKED, ("wingdings 2", 0x53): _TICKED, ("wingdings 2", 0x54): _TICKED,
    ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x4F): "✗", ("wingdings 2", 0xA3): _EMPTY,
    ("wingdings 2", 0x2A): _EMPTY,
    ("webdings", 0x67): _TICKED, ("webdings", 0x61): "✓", ("webdings", 0x72): "✗", ("webdings", 0x63): _EMPTY,
}  # fmt: skip


def text_of(element: Element, *, revised: bool = True, controls: bool = True) -> str:
    """The words in an element; paragraphs and line breaks become newlines.

    With `revised`, unaccepted insertions count and deletions do not; without it, the other way round. Without
    `controls`, what stands inside content controls is left out.
    """
    out: list[str] = []
    _gather(element, out, revised, controls)
    return "".join(out).strip("\n")


def _gather(element: Element, out: list[str], revised: bool, controls: bool) -> None:
    for kid in element:
        name = local(kid)
        if name in ("t", "delText"):
            if name == "t" or not revised:
                out.append(kid.text or "")
        elif name in _SKIPPED or name in (_GONE if revised else _NEW) or (name == "sdt" and not controls):
            continue
        elif name == "tab":
            out.append("\t")
        elif name in ("br", "cr"):
            out.append("\n")
        elif name == "noBreakHyphen":
            out.append("-")
        elif name == "sym":
            out.append(_symbol(kid))
        else:
            _gather(kid, out, revised, controls)
            if name == "p":
                out.append("\n")
            elif name == "tc":
                out.append("\t")


def _symbol(element: Element) -> str:
    font = (attribute(element, "font") or "").lower()
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return _SYMBOLS.get((font, code & 0xFF), chr(code) if 0x20 <= code < 0xE000 else "")
