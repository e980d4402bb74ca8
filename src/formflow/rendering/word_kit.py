"""The pieces our own Word documents are made of: runs, paragraphs, tables, sections, and the package round them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as detail
from xml.sax.saxutils import escape, quoteattr

from formflow.rendering.picture import EMU_A_MILLIMETRE
from formflow.rendering.word_styles import STYLES

INK, QUIET, LINES, PANEL, ACCENT = "0B0C0C", "505A5F", "B1B4B6", "F3F2F1", "1D70B8"

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every part, so that the same document has the same bytes."""

PORTRAIT, LANDSCAPE = (11906, 16838), (16838, 11906)
MARGIN = 1418
"""Twentieths of a point: 2.5 cm."""


def run(
    text: str,
    *,
    bold: bool = False,
    size: float = 0,
    color: str = "",
    font: str = "",
    style: str = "",
    italic: bool = False,
) -> str:
    """A run of words; newlines become line breaks, `size` is in points."""
    look = f"<w:rStyle w:val={quoteattr(style)}/>" if style else ""
    look += f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>' if font else ""
    look += ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + (f'<w:color w:val="{color}"/>' if color else "")
    look += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{words}</w:r>"


def field(code: str) -> str:
    """A field that Word works out, such as PAGE."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def para(
    content: str = "", *, style: str = "", keep: bool = False, align: str = "", after: int | None = None, tabs: str = ""
) -> str:
    """A paragraph of runs or controls; `keep` holds it on the page of the next one, `after` is in points."""
    look = (f"<w:pStyle w:val={quoteattr(style)}/>" if style else "") + ("<w:keepNext/>" if keep else "") + tabs
    look += f'<w:spacing w:after="{after * 20}"/>' if after is not None else ""
    look += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{content}</w:p>"


def text(words: str, **look: object) -> str:
    """A plain paragraph."""
    style = str(look.pop("style", ""))
    keep = bool(look.pop("keep", False))
    return para(run(words, **look), style=style, keep=keep)  # type: ignore[arg-type]  # the look of a run, by name


def cell(content: str, width: int, *, shade: str = "", span: int = 1) -> str:
    """A cell of paragraphs; `width` in twentieths of a point."""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content or para()}</w:tc>"


def row(cells: Sequence[str], *, header: bool = False, splits: bool = False) -> str:
    """A row; a header row repeats on each page, and no row breaks over pages unless it `splits`."""
    look = ("" if splits else "<w:cantSplit/>") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{''.join(cells)}</w:tr>"


def table(rows: Sequence[str], widths: Sequence[int], *, title: str = "", plain: bool = False) -> str:
    """A table with fixed widths; `title` tells a screen reader what it is."""
    border = "nil" if plain else "single"
    edges = "".join(
        f'<w:{edge} w:val="{border}" w:sz="4" w:space="0" w:color="{LINES}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{edge} w:w="{size}" w:type="dxa"/>'
        for edge, size in (("top", 60), ("left", 100), ("bottom", 60), ("right", 100))
    )
    look = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    look += f"<w:tblCaption w:val={quoteattr(title)}/>" if title else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def section(page: tuple[int, int], *, last: bool = False, margin: int = MARGIN) -> str:
    """The end of a section: its page, with the header and footer; the last one stands in the body itself."""
    turned, foot = (' w:orient="landscape"', "rIdWideFooter") if page == LANDSCAPE else ("", "rIdFooter")
    properties = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        f'<w:footerReference w:type="default" r:id="{foot}"/>'
        f'<w:pgSz w:w="{page[0]}" w:h="{page[1]}"{turned}/>'
        f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}" w:header="709" w:footer="709" '
        'w:gutter="0"/></w:sectPr>'
    )
    return properties if last else f'<w:p><w:pPr><w:spacing w:after="0"/>{properties}</w:pPr></w:p>'


def tab_stops(*stops: tuple[str, int]) -> str:
    """Tab stops, for headers and footers: (center or right, twentieths of a point)."""
    return "<w:tabs>" + "".join(f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in stops) + "</w:tabs>"


def tab() -> str:
    """A tab."""
    return "<w:r><w:tab/></w:r>"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in a document: its name in Word, the run that shows it, and the PNG that goes into the package."""

    name: str
    run: str = detail(repr=False)
    png: bytes = detail(repr=False)


def drawing(name: str, width: float, height: float, png: bytes, says: str = "") -> Drawing:
    """A picture that stands in the line like a word; millimetres. `says` is its alternative text.

    Put its `run` into a paragraph and hand it to `package` too. The renderer puts the picture of the same name in its
    place, so a name stands once in a document, in small letters: `timeline`.
    """
    number = zlib.crc32(name.encode()) % 2**30 + 1
    across, down = round(width * EMU_A_MILLIMETRE), round(height * EMU_A_MILLIMETRE)
    named = f'id="{number}" name={quoteattr(name)} descr={quoteattr(says)}'
    shape = (
        f'<pic:pic xmlns:pic="{_DRAWN}/picture"><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{_embedded(name)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    inline = (
        f'<wp:inline xmlns:wp="{_DRAWN}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {named}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWN}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_DRAWN}/main"><a:graphicData uri="{_DRAWN}/picture">{shape}</a:graphicData></a:graphic>'
        "</wp:inline>"
    )
    return Drawing(name, f"<w:r><w:drawing>{inline}</w:drawing></w:r>", png)


def package(
    body: str,
    *,
    header: str,
    footer: str,
    title: str,
    wide_footer: str = "",
    properties: Mapping[str, str] | None = None,
    drawings: Sequence[Drawing] = (),
) -> bytes:
    """A whole `.docx` round a body that ends in its last section; turned pages may have a footer of their own.

    `drawings` are the pictures of the body, each once.
    """
    pictures = tuple((_embedded(one.name), f"{_OFFICE}/image", f"media/{one.name}.png") for one in drawings)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.replace(_XML, _XML + _PNG) if drawings else _CONTENT_TYPES,
        "_rels/.rels": _relationships(_ROOT_PARTS),
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
        "docProps/core.xml": _core(title),
        "docProps/custom.xml": _custom(properties or {}),
        "word/_rels/document.xml.rels": _relationships((*_WORD_PARTS, *pictures)),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {_NAMESPACES}>{header}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_NAMESPACES}>{footer}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {_NAMESPACES}>{wide_footer or footer}</w:ftr>",
        "word/settings.xml": f"<w:settings {_NAMESPACES}>{_SETTINGS}</w:settings>",
        "word/styles.xml": f"<w:styles {_NAMESPACES}>{STYLES}</w:styles>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(zipfile.ZipInfo(name, _LONG_AGO), _HEAD + part, zipfile.ZIP_DEFLATED)
        for one in drawings:
            packed.writestr(zipfile.ZipInfo(f"word/media/{one.name}.png", _LONG_AGO), one.png)
    return out.getvalue()


_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<Default Extension="xml" ContentType="application/xml"/>'
_PNG = '<Default Extension="png" ContentType="image/png"/>'
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f"{_XML}"
    f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_TYPES}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_TYPES}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{_TYPES}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    "</Types>"
)
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT_PARTS = (
    ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
    (
        "rId2",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    ),
    ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    ("rId4", f"{_OFFICE}/custom-properties", "docProps/custom.xml"),
)
_WORD_PARTS = (
    ("rIdStyles", f"{_OFFICE}/styles", "styles.xml"),
    ("rIdSettings", f"{_OFFICE}/settings", "settings.xml"),
    ("rIdHeader", f"{_OFFICE}/header", "header1.xml"),
    ("rIdFooter", f"{_OFFICE}/footer", "footer1.xml"),
    ("rIdWideFooter", f"{_OFFICE}/footer", "footer2.xml"),
)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def _embedded(name: str) -> str:
    """The id of the relationship to a drawing's PNG."""
    return f"rIdDrawing{name.title()}"


def _relationships(parts: Sequence[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in parts)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _core(title: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{escape(title)}</dc:title><dc:creator></dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def _custom(properties: Mapping[str, str]) -> str:
    inner = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{inner}</Properties>'
    )
