"""What was written is looked at again: everything that is known to make Word refuse a paper, in one place.

What only the template can get wrong (styles, relationships) is looked at when it is made ready and by `faults`; what
depends on the case is looked at in every paper, by means that cost little beside the filling itself.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from lxml import etree
from markupsafe import escape

from formflow.errors import Stop
from formflow.rendering.plain import Ready, shown
from formflow.rendering.templates.compiled import Program
from formflow.rendering.templates.marks import W, relationships_used
from formflow.rendering.templates.package import PARSER, kinds_of, parse, parts_of, relationships
from formflow.rendering.templates.sandbox import text_of

_LEFT = ("{{", "}}", "{%", "%}", "{#", "#}")
_EMPTY_TABLE = "</w:tblGrid></w:tbl>"
_EMPTY_CELL = re.compile("</w:tc>(?<!</w:p></w:tc>)")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_NO_WORDS = frozenset(
    f"{W}{name}" for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr", "sdt", "sdtContent", "hyperlink")
)
_STYLES = frozenset(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle"))


def finished(text: str) -> str:
    """A filled part whose cells all end with a paragraph and whose tables all have rows, as Word asks.

    A loop over nothing leaves a cell or a table empty: that is no fault of the template.
    """
    if _EMPTY_CELL.search(text) is None and _EMPTY_TABLE not in text:
        return text
    try:
        root = etree.fromstring(text.encode("utf-8"), PARSER)
    except etree.XMLSyntaxError:
        return text  # that is refused by another
    for table in root.findall(f".//{W}tbl"):
        parent = table.getparent()
        if table.find(f"{W}tr") is None and table.find(f"{W}sdt") is None and parent is not None:
            parent.remove(table)
    for cell in root.iter(f"{W}tc"):
        if _lacks_end(cell):
            etree.SubElement(cell, f"{W}p")
    return etree.tostring(root, encoding="unicode")


def refuse(name: str, part: Program, text: str, words: Ready) -> None:
    """Raise `Stop` for a filled part with a tag left over, or without a word that it must show."""
    # One letter is found much faster than two, and the braces of answers travel under other names.
    for tag in _LEFT if "{" in text or "}" in text else ():
        if tag in text:
            at = text.index(tag)
            near = text_of(text[max(0, at - 200) : at + 60])[-60:]
            raise Stop(f'The template "{name}" leaves a tag of its own in the paper ({tag}). {_near(near, part)}')
    for word in part.certain:
        if str(escape(shown(words.get(word, "")))) not in text:
            raise Stop(f'The template "{name}" makes a paper that does not show "{word}". Put it back in Word.')


def refuse_malformed(name: str, content: bytes) -> None:
    """Raise `Stop` for a part that is no well-formed XML."""
    # Without namespaces, in half the time: the template's own prefixes were declared when it was made ready.
    reader = expat.ParserCreate()
    try:
        reader.Parse(content, True)
    except expat.ExpatError as fault:
        raise Stop(
            f'The template "{name}" makes a paper that Word cannot open ({expat.ErrorString(fault.code)}). Mend it in '
            "Word; to see where: formflow templates check"
        ) from fault


def faults(content: bytes) -> tuple[str, ...]:
    """Everything that is wrong with a finished paper, part by part; nothing is what it should be."""
    try:
        parts = parts_of(content)
        kinds = kinds_of(parts)
        trees = {part: parse(parts[part]) for part, kind in kinds.items() if kind.endswith(("+xml", "/xml"))}
    except (zipfile.BadZipFile, ValueError) as fault:
        return (f"it cannot be opened: {fault}",)
    styles = _styles(trees.get("word/styles.xml"))
    found: list[str] = []
    for part, tree in trees.items():
        if kinds[part].startswith("application/vnd.openxmlformats-officedocument.wordprocessingml."):
            found += (f"{part}: {one}" for one in _faults(tree, relationships(parts, part), styles))
    numbers = Counter(each.get("id") for tree in trees.values() for each in tree.iter(_DRAWN))
    found += (f"{times} drawings have the number {number}" for number, times in numbers.items() if times > 1)
    found += (
        f"{part}: its {target} is not in the file"
        for part in trees
        for target in relationships(parts, part).values()
        if target not in parts and not _is_outside(target)
    )
    return tuple(found)


def _faults(tree: etree._Element, leads_to: Mapping[str, str], styles: frozenset[str]) -> Iterator[str]:
    for used in sorted(relationships_used(tree) - set(leads_to)):
        yield f'it refers to "{used}", which is not there'
    for used in sorted({each.get(f"{W}val", "") for each in tree.iter(*_STYLES)} - styles):
        yield f'it uses the style "{used}", which the document does not have'
    for cell in tree.iter(f"{W}tc"):
        if _lacks_end(cell):
            yield f'a cell does not end with a paragraph ("{_words(cell)}")'
    for row in tree.iter(f"{W}tr"):
        if not any(child.tag in (f"{W}tc", f"{W}sdt", f"{W}customXml") for child in row):
            yield "a row has no cell"
    for table in tree.iter(f"{W}tbl"):
        if next(table.iterchildren(f"{W}tr", f"{W}sdt"), None) is None:
            yield "a table has no row"
    for holder in tree.iter(*_NO_WORDS):
        if loose := "".join([holder.text or "", *(child.tail or "" for child in holder)]).strip():
            yield f'words stand where Word allows none ("{loose[:40]}")'


def _lacks_end(cell: etree._Element) -> bool:
    last = next((child for child in reversed(cell) if not _is_mark(str(child.tag))), None)
    return last is None or last.tag not in (f"{W}p", f"{W}sdt", f"{W}customXml")


def _is_mark(tag: str) -> bool:
    return re.fullmatch(r"\{.*\}(?:bookmark|comment|move|perm|proofErr)\w*", tag) is not None


def _styles(tree: etree._Element | None) -> frozenset[str]:
    if tree is None:
        return frozenset()
    return frozenset(style.get(f"{W}styleId", "") for style in tree.iter(f"{W}style"))


def _is_outside(target: str) -> bool:
    return ":" in target or target.startswith(("#", "//"))


def _words(cell: etree._Element) -> str:
    return "".join(str(each) for each in cell.itertext())[:40]


def _near(words: str, part: Program) -> str:
    """Where a tag was left over, told only in words of the template itself."""
    return f'Near "{words}".' if words and words in text_of(part.source) else "Mend it in Word."
