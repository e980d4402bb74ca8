"""The styles of our own Word documents: one quiet, official look, as real Word styles."""

from __future__ import annotations

_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'


def _style(
    id_: str, name: str, *, kind: str = "paragraph", base: str = "Normal", p: str = "", r: str = "", more: str = ""
) -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{based}{more}<w:qFormat/>'
        f"{f'<w:pPr>{p}</w:pPr>' if p else ''}{f'<w:rPr>{r}</w:rPr>' if r else ''}</w:style>"
    )


def _heading(level: int, size: int, before: int, after: int) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        more='<w:next w:val="Normal"/>',
        p=f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>',
        r=f'<w:b/><w:color w:val="0B0C0C"/><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>',
    )


STYLES = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}<w:color w:val="0B0C0C"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" '
    'w:type="dxa"/></w:tblPr></w:style>'
    + _heading(1, 18, 0, 160)
    + _heading(2, 14, 320, 120)
    + _heading(3, 12, 240, 80)
    + _style("Cell", "Cell", p='<w:spacing w:after="0" w:line="264" w:lineRule="auto"/>')
    + _style("CellHead", "Cell head", base="Cell", r="<w:b/>")
    + _style("Small", "Small", base="Cell", r='<w:sz w:val="18"/><w:szCs w:val="18"/>')
    + _style("SmallHead", "Small head", base="Small", p="<w:keepNext/>", r="<w:b/>")
    + _style("Quiet", "Quiet", base="Cell", r='<w:color w:val="505A5F"/><w:sz w:val="18"/><w:szCs w:val="18"/>')
    + _style("Marking", "Marking", p='<w:spacing w:after="0"/>', r='<w:b/><w:sz w:val="20"/><w:szCs w:val="20"/>')
    + _style(
        "Foot",
        "Foot",
        p='<w:spacing w:after="0"/>',
        r='<w:color w:val="505A5F"/><w:sz w:val="17"/><w:szCs w:val="17"/>',
    )
    + _style("PlaceholderText", "Placeholder Text", kind="character", base="", r='<w:color w:val="505A5F"/>')
    + _style(
        "Source",
        "Source",
        kind="character",
        base="",
        r='<w:color w:val="505A5F"/><w:sz w:val="16"/><w:szCs w:val="16"/>',
    )
)
