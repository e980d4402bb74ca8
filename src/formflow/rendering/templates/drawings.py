"""Pictures in papers: a drawing of the template that carries a picture's name shows that picture, in its size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from xml.sax.saxutils import quoteattr

from formflow.errors import Stop
from formflow.rendering.picture import EMU_A_MILLIMETRE, Picture
from formflow.rendering.plain import shown
from formflow.rendering.templates.compiled import Compiled, Program
from formflow.rendering.templates.package import Packed, packed, with_kind

# A drawing that holds no other: a picture in a text box stands in the drawing of its box.
_DRAWING = re.compile(r"<w:drawing>(?:(?!<w:drawing>).)*?</w:drawing>", re.DOTALL)
_NAME = re.compile(r'<wp:docPr\b[^>]*?\bname="([^"]*)"')
_EMBEDDED = re.compile(r'<a:blip\b[^>]*?\br:embed="([^"]*)"')
_NUMBER = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d*(")')
# Word keeps a drawing in lines beside its picture in dots, and prefers it.
_IN_LINES = re.compile(r'<a:ext uri="\{96DAC541-7B7A-43D3-8B79-37D633B846F1\}">.*?</a:ext>', re.DOTALL)
_EXTENTS = re.compile(r"(<wp:extent|<a:ext)(?= )(?=[^>]*\bcx=)[^>]*?(/?)>")
_DESCRIBED = re.compile(r'(<(?:wp:docPr|pic:cNvPr)\b[^>]*?) descr="[^"]*"')
FIRST_NUMBER = 1001


def pictures_of(content: bytes, leads_to: Mapping[str, str]) -> dict[str, str]:
    """The part that holds the picture of each named drawing."""
    found: dict[str, str] = {}
    for drawing in _DRAWING.findall(content.decode("utf-8", "replace")):
        name, used = _NAME.search(drawing), _EMBEDDED.search(drawing)
        if name and used and used[1] in leads_to:
            found[unescape(name[1])] = leads_to[used[1]]
    return found


def show(written: str, pictures: Mapping[str, Picture]) -> str:
    """A filled part with the drawings of these names made to fit their pictures."""

    def changed(found: re.Match[str]) -> str:
        name = _NAME.search(found[0])
        picture = pictures.get(unescape(name[1])) if name else None
        return _fitted(found[0], picture) if picture else found[0]

    return _DRAWING.sub(changed, written)


def numbered(written: str, numbers: Iterator[int]) -> str:
    """A filled part with its drawings numbered anew: a drawing in a loop is there many times."""
    return _NUMBER.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", written)


def replaced(template: Compiled, pictures: Mapping[str, Picture]) -> dict[str, Packed]:
    """The parts that show these pictures, and the list of kinds where it must say that they are PNG.

    Raises `Stop` when the part of one also shows another drawing.
    """
    parts: dict[str, Packed] = {}
    kinds = template.content_types
    for name, media in _shown(template.programs, pictures):
        if media in template.shared_pictures:
            raise Stop(
                f'In the template "{template.name}" the drawing "{name}" shares its picture with another drawing, '
                f"which would change with it. Delete one of them, insert another picture file and name the drawing "
                f'"{name}".'
            )
        parts[media] = packed(media, pictures[name].png)
        if not media.lower().endswith(".png"):
            kinds = with_kind(kinds, media, "image/png")
    if kinds != template.content_types:
        parts["[Content_Types].xml"] = packed("[Content_Types].xml", kinds)
    return parts


def _shown(programs: tuple[Program, ...], pictures: Mapping[str, Picture]) -> Iterator[tuple[str, str]]:
    for program in programs:
        yield from ((name, media) for name, media in program.pictures.items() if name in pictures)


def _fitted(drawing: str, picture: Picture) -> str:
    wide, high = round(picture.width * EMU_A_MILLIMETRE), round(picture.height * EMU_A_MILLIMETRE)
    says = quoteattr(str(shown(picture.says.replace("\n", " "))), {'"': "&quot;"})
    drawing = _EXTENTS.sub(rf'\1 cx="{wide}" cy="{high}"\2>', _IN_LINES.sub("", drawing))
    drawing = _DESCRIBED.sub(r"\1", drawing)
    return re.sub(r"<(wp:docPr|pic:cNvPr)\b", lambda found: f"<{found[1]} descr={says}", drawing)
