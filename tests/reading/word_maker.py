"""Word files made in words: only the parts a test is about, as Word writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)

CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SETTINGS_RELS = "word/_rels/settings.xml.rels"


def relations(*entries: str) -> str:
    """A relationship part."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(entries)
        + "</Relationships>"
    )


def relation(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r{len(target)}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}{mode}/>'


def part(root: str, body: str) -> str:
    return f"<w:{root} {_SPACES}>{body}</w:{root}>"


def document(*body: str) -> str:
    return part("document", f"<w:body>{''.join(body)}</w:body>")


def docx(*body: str, parts: Mapping[str, str | bytes] | None = None, main: str = "word/document.xml") -> bytes:
    """A Word file with this body, and with these parts beside it or instead of its own; an empty one is left out."""
    held: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(relation("officeDocument", main)),
        main: document(*body),
        **(parts or {}),
    }
    return package(held)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            if content:
                file.writestr(name, content)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{held}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, style: str = "") -> str:
    """A paragraph; plain words become a run, markup stays as it is."""
    held = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{held}{''.join(_inline(each) for each in content)}</w:p>"


def _inline(content: str) -> str:
    return content if content.startswith("<") else run(content)


def control(
    content: str, *, tag: str = "", alias: str = "", kind: str = "<w:text/>", prompt: bool = False, extra: str = ""
) -> str:
    """A content control round some markup; plain words become a run."""
    held = (
        (f"<w:alias w:val={quoteattr(alias)}/>" if alias else "")
        + (f"<w:tag w:val={quoteattr(tag)}/>" if tag else "")
        + extra
        + ("<w:showingPlcHdr/>" if prompt else "")
        + kind
    )
    return f"<w:sdt><w:sdtPr>{held}</w:sdtPr><w:sdtContent>{_inline(content)}</w:sdtContent></w:sdt>"


def tick(*, ticked: bool, tag: str = "", shown: str = "") -> str:
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    return control(run(shown or ("☒" if ticked else "☐")), tag=tag, kind=state)


def choice(
    shown: str, *entries: tuple[str, str], tag: str = "", prompt: bool = False, kind: str = "dropDownList"
) -> str:
    """A drop-down list; each entry is what people read and what is stored."""
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(text)} w:value={quoteattr(value)}/>" for text, value in entries
    )
    return control(run(shown), tag=tag, kind=f"<w:{kind}>{items}</w:{kind}>", prompt=prompt)


def day(shown: str, held: str = "", tag: str = "") -> str:
    return control(run(shown), tag=tag, kind=f'<w:date w:fullDate="{held}"/>' if held else "<w:date/>")


def legacy(data: str, shown: str = "", name: str = "") -> str:
    """An older form field."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/>{data}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown) if shown else ""}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, header: bool = False, properties: str = "") -> str:
    """A row; plain words and paragraphs become cells."""
    held = ("<w:tblHeader/>" if header else "") + properties
    return f"<w:tr><w:trPr>{held}</w:trPr>{''.join(_cell(each) for each in cells)}</w:tr>"


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def _cell(content: str) -> str:
    if content.startswith(("<w:tc>", "<w:sdt>")):
        return content
    return cell(content if content.startswith("<w:p>") else paragraph(content))


def inserted(content: str) -> str:
    return f'<w:ins w:id="1" w:author="A"><w:r><w:t>{escape(content)}</w:t></w:r></w:ins>'


def deleted(content: str) -> str:
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText>{escape(content)}</w:delText></w:r></w:del>'


def text_box(*content: str) -> str:
    """A text box as Word writes it, once for itself and once for older programs."""
    inside = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
