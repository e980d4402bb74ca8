"""What stands behind the controls of a Word form: the prompts their maker wrote, and the data they are bound to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from formflow.reading.package import Parts
from formflow.reading.xml import Element, attribute, child, parse, value

_STEP = re.compile(r"(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)(?:\[(?P<number>\d{1,6})\])?")
_SPACE = re.compile(r"xmlns:(?P<prefix>[\w.-]+)\s*=\s*(?P<quote>['\"])(?P<space>.*?)(?P=quote)")
_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docprops/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docprops/app.xml",
}
"""The names under which Word binds controls to the properties of the document."""
_WORDS_OWN = "DefaultPlaceholder_"


@dataclass(slots=True)
class Behind:
    """The parts of a file that its controls refer to, each opened when the first control asks for it."""

    parts: Parts
    folder: str
    """Where the main part stands in the package."""
    has_prompts: bool = field(init=False)
    """Whether the file holds prompts of its own."""
    _glossary: str = field(init=False)
    _prompts: dict[str, str] | None = None
    _stores: dict[str, Element] | None = None

    def __post_init__(self) -> None:
        """Look for the part that holds the prompts."""
        self._glossary = f"{self.folder}/glossary/document.xml"
        self.has_prompts = self.parts.holds(self._glossary)

    def prompt(self, name: str) -> str | None:
        """The form's own prompt by its name; None when the file does not hold it."""
        if self._prompts is None:
            self._prompts = dict(self._read_prompts())
        return self._prompts.get(name)

    def is_prompt(self, name: str, shown: str) -> bool:
        """Whether words that bear no mark of a prompt are the form's own one: some programs lose the mark."""
        if name.startswith(_WORDS_OWN) or not shown.strip():
            return False
        longest = max(shown.split(), key=len)
        if self._prompts is None and longest.encode() not in self.parts.get(self._glossary, b""):
            return False
        prompt = self.prompt(name)
        return prompt is not None and "".join(prompt.split()) == "".join(shown.split())

    def _read_prompts(self) -> Iterator[tuple[str, str]]:
        root = _root(self.parts, self._glossary)
        for entries in root if root is not None else ():
            for entry in entries:
                name = value(child(child(entry, "docPartPr"), "name"))
                if name is not None:
                    yield name, "".join(text.text or "" for text in entry.iter("{*}t"))

    def data(self, binding: Element) -> str | None:
        """What a control is bound to holds; None when it is bound to nothing that is in the file."""
        path = attribute(binding, "xpath") or ""
        spaces = {
            found["prefix"]: found["space"] for found in _SPACE.finditer(attribute(binding, "prefixMappings") or "")
        }
        for store in self._stores_of(attribute(binding, "storeItemID") or ""):
            held = _follow(store, path.strip("/").split("/"), spaces)
            if held is not None:
                return held
        return None

    def _stores_of(self, name: str) -> Iterator[Element]:
        if (part := _PROPERTIES.get(name.upper())) is not None:
            root = _root(self.parts, part)
            if root is not None:
                yield root
            return
        if self._stores is None:
            self._stores = dict(self._read_stores())
        if name.upper() in self._stores:
            yield self._stores[name.upper()]
        elif not name:
            yield from self._stores.values()

    def _read_stores(self) -> Iterator[tuple[str, Element]]:
        start, end = "customxml/_rels/", ".rels"
        for links in [name for name in self.parts if name.startswith(start) and name.endswith(end)]:
            root, store = _root(self.parts, links), _root(self.parts, "customxml/" + links[len(start) : -len(end)])
            for link in root if root is not None and store is not None else ():
                named = _root(self.parts, "customxml/" + (attribute(link, "Target") or "").lower())
                if store is not None and (name := attribute(named, "itemID")) is not None:
                    yield name.upper(), store


def _follow(root: Element, steps: list[str], spaces: dict[str, str]) -> str | None:
    """The words at the end of a path of plain steps, `/ns0:form[1]/ns0:name[1]`; None where it leads nowhere."""
    here: Element | None = None
    among = [root]
    for step in steps:
        if step.startswith("@") and here is not None:
            return attribute(here, step[1:].rpartition(":")[2])
        found = _STEP.fullmatch(step)
        if found is None:
            return None
        space = spaces.get(found["prefix"] or "")
        full = f"{{{space}}}{found['name']}" if space is not None else f"{{*}}{found['name']}"
        same = [each for each in among if _is_called(each, full)]
        number = int(found["number"] or 1)
        if not 0 < number <= len(same):
            return None
        here = same[number - 1]
        among = list(here)
    return None if here is None else "".join(str(text) for text in here.itertext())


def _is_called(element: Element, name: str) -> bool:
    return element.tag == name or (name.startswith("{*}") and str(element.tag).rpartition("}")[2] == name[3:])


def _root(parts: Parts, name: str) -> Element | None:
    """The root of a part that the form can be read without; None when it is not there or broken."""
    try:
        return parse(parts[name])
    except (KeyError, etree.XMLSyntaxError):
        return None
