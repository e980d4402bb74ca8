"""The Word forms of the reading benchmark: 60 answers each in content controls, in older form fields, in plain tables.

Each is made as Word writes it: fonts and revision marks on every run, a style sheet, a header, a footer, a theme.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

from lxml import etree

from formflow.reading.word import read_word

FIELDS = 60
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_T = f"{{{_W}}}t"
_BREAKS = {f"{{{_W}}}p": "\n", f"{{{_W}}}tc": "\t", f"{{{_W}}}tr": "\r"}
_SAYING = {
    f"{{{_W}}}tag": f"{{{_W}}}val",
    f"{{{_W}}}name": f"{{{_W}}}val",
    f"{{{_W}}}checked": f"{{{_W}}}val",
    f"{{{_W}}}fldChar": f"{{{_W}}}fldCharType",
    "{http://schemas.microsoft.com/office/word/2010/wordml}checked": (
        "{http://schemas.microsoft.com/office/word/2010/wordml}val"
    ),
}


def _run(text: str, *, bold: bool = False) -> str:
    look = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>' + ("<w:b/><w:bCs/>" if bold else "")
    return (
        f'<w:r w:rsidRPr="00F2414C"><w:rPr>{look}<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-GB"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def _paragraph(content: str, style: str = "TableText") -> str:
    return (
        '<w:p w14:paraId="3F2A77B1" w14:textId="77777777" w:rsidR="00A11B2C" w:rsidRDefault="00A11B2C"><w:pPr>'
        f'<w:pStyle w:val="{style}"/><w:spacing w:before="40" w:after="40"/><w:rPr><w:sz w:val="20"/></w:rPr></w:pPr>'
        f"{content}</w:p>"
    )


def _cell(content: str, *, shaded: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7EEF4"/>' if shaded else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="4508" w:type="dxa"/>{shade}</w:tcPr>{content}</w:tc>'


def _sdt(name: str, kind: str, content: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:rPr><w:sz w:val="20"/></w:rPr><w:alias w:val="{name}"/><w:tag w:val="{name}"/>'
        '<w:id w:val="1094524"/><w:placeholder><w:docPart w:val="DefaultPlaceholder_-1854013440"/></w:placeholder>'
        f"{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _controlled(number: int) -> str:
    """An answer in a content control, or in two boxes."""
    if number % 3:
        return _paragraph(_sdt(f"answer_{number}", "<w:text/>", _run(f"Answer number {number} of this form")))
    on, off = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', "<w14:checkbox/>"
    yes, no = _sdt(f"answer_{number}", on, _run("☒")), _sdt(f"answer_{number}_no", off, _run("☐"))
    return _paragraph(yes + _run(" Yes   ") + no + _run(" No"))


def _legacy(number: int) -> str:
    """An answer in an older text field, or in an older check box."""
    box = number % 3 == 0
    data = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox>' if box else "<w:textInput/>"
    code = "FORMCHECKBOX" if box else "FORMTEXT"
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text{number}"/><w:enabled/>'
        f'<w:calcOnExit w:val="0"/>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    )
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    shown = "" if box else _run(f"Answer number {number}") + _run(" of this form")
    return _paragraph(begin + middle + shown + end + (_run(" Yes") if box else ""))


def _plain(number: int) -> str:
    return _paragraph(_run(f"Answer number {number} of this form"))


def form(answer: Callable[[int], str]) -> bytes:
    """A form of six sections with ten questions each."""
    body = []
    for section in range(6):
        body.append(_paragraph(_run(f"Section {section + 1}", bold=True), "Heading1"))
        body.append(_paragraph(_run("Please answer every question, and say where you do not know. " * 3), "Normal"))
        rows = "".join(
            f'<w:tr w:rsidR="00A11B2C"><w:trPr><w:cantSplit/></w:trPr>'
            f"{_cell(_paragraph(_run(f'Question {number}', bold=True)), shaded=True)}{_cell(answer(number))}</w:tr>"
            for number in range(section * 10, section * 10 + 10)
        )
        body.append(f'<w:tbl><w:tblPr><w:tblW w:w="9016"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>')
    return _packed("".join(body))


def _packed(body: str) -> bytes:
    """The package round a body, with the parts that Word always writes."""
    latent = "".join(f'<w:lsdException w:name="Style {n}" w:semiHidden="1" w:qFormat="1"/>' for n in range(376))
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/>{1}<w:pPr><w:spacing '
        'w:after="120"/></w:pPr><w:rPr><w:sz w:val="20"/><w:lang w:val="en-GB"/></w:rPr></w:style>'
    )
    names = ["Normal", "Heading1", "TableText", *(f"Other{number}" for number in range(40))]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = {"header": "header1", "footer": "footer1", "styles": "styles", "settings": "settings"}
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{office}/{kind}" Target="{name}.xml"/>' for kind, name in links.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
        'Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{relations}</Relationships>',
        "word/styles.xml": f"<w:styles {_SPACES}><w:latentStyles>{latent}</w:latentStyles>"
        + "".join(style.format(name, "" if name == "Normal" else '<w:basedOn w:val="Normal"/>') for name in names)
        + "</w:styles>",
        "word/header1.xml": f"<w:hdr {_SPACES}>{_paragraph(_run('Serious incident notification'), 'Other1')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_SPACES}>{_paragraph(_run('Page 1'), 'Other2')}</w:ftr>",
        "word/settings.xml": f"<w:settings {_SPACES}>{'<w:rsid/>' * 100}</w:settings>",
        "word/theme/theme1.xml": f"<theme>{'<font/>' * 400}</theme>",
        "word/fontTable.xml": f"<w:fonts {_SPACES}>{'<w:font/>' * 60}</w:fonts>",
        "docProps/core.xml": '<c:core xmlns:c="urn:c" xmlns:dc="urn:dc"><dc:title>Form</dc:title></c:core>',
        "docProps/app.xml": "<Properties><Pages>4</Pages></Properties>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def floor(content: bytes) -> list[str]:
    """All that is written in the document, in order: words, where paragraphs, cells and rows begin, names and states.

    The least that a reader must do who leaves nothing out: open, inflate, parse, and look at every element once.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found = []
    for element in root.iter():
        tag = element.tag
        if tag == _T:
            found.append(element.text or "")
        elif tag in _BREAKS:
            found.append(_BREAKS[tag])
        elif tag in _SAYING:
            found.append(element.get(_SAYING[tag], "1"))
    return found


def _cases() -> list[tuple[str, Callable[[], object], Callable[[], object], float]]:
    kinds: list[tuple[str, Callable[[int], str]]] = [
        ("content controls", _controlled),
        ("older form fields", _legacy),
        ("plain tables", _plain),
    ]
    return [(name, partial(read_word, form(make)), partial(floor, form(make)), 3.0) for name, make in kinds]


CASES = _cases()
