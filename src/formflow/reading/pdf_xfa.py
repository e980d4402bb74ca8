"""Answers kept in a form's XFA data (Adobe LiveCycle), with the captions that its template gives their fields."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from pikepdf import Array, Dictionary, Stream

from formflow.errors import Returned
from formflow.reading.document import EMPTY, TICKED, Block, Control, Mark, Paragraph, Piece
from formflow.reading.pdf_values import FAULTS, text_of, unpacked
from formflow.reading.xml import Element, child, children, local, parse

_MOST_ANSWERS = 20_000
_LARGEST_PACKET = 20_000_000
_PLACE = "in the form's own data"
_ON = frozenset({"1", "true", "on", "yes"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the template says of a field."""

    caption: str = field(default="", repr=False)
    tick: bool = False
    on: str = "1"
    shown: tuple[tuple[str, str], ...] = ()
    """For a choice: what is kept, and what people read."""


def xfa_controls(form: Dictionary) -> tuple[Control, ...]:
    """The filled-in answers in the data of an XFA form; none where there is no data that can be read safely."""
    try:
        packets = dict(_packets(form.get("/XFA")))
        data = packets.get("datasets")
        filled = _data_in(data) if data is not None else None
        if filled is None:
            return ()
        asked = dict(_fields(packets["template"])) if "template" in packets else {}
        controls = [_control(name, words, asked) for name, words in _answers(filled)]
    except (*FAULTS, Returned, etree.XMLSyntaxError):
        return ()
    return tuple(controls) if any(control.raw or control.ticked for control in controls) else ()


def told_by_data(form: Dictionary) -> tuple[Control, ...]:
    """The answers in the data of a form without other fields; none where its template does not say what they answer."""
    controls = xfa_controls(form)
    filled = [control for control in controls if control.raw or control.ticked]
    asked = sum(1 for control in filled if control.label)
    return controls if filled and 2 * asked >= len(filled) else ()


def xfa_blocks(controls: Sequence[Control]) -> tuple[Block, ...]:
    """A paragraph for each answer: its caption and what it holds, in the order of the data."""
    return tuple(
        Paragraph((Piece(f"{control.label} ", Mark.BOLD), Piece(_shown(control), control=number)), _PLACE)
        for number, control in enumerate(controls)
    )


def differing(controls: tuple[Control, ...], form: Dictionary) -> tuple[Control, ...]:
    """The controls, those with a doubt that show other words than the form's own data hold for them."""
    kept: dict[str, set[str]] = defaultdict(set)
    for control in xfa_controls(form):
        kept[_own_name(control.name)].add(control.raw)
    return tuple(_compared(control, kept.get(_own_name(control.name), set())) for control in controls)


def _compared(control: Control, kept: set[str]) -> Control:
    """Only words are compared: numbers and dates are written in one way and kept in another."""
    other = next(iter(kept)) if len(kept) == 1 else ""
    plain = all(text and not any(letter.isdigit() for letter in text) for text in (control.raw, other))
    if control.kind != "text" or not plain or control.raw.split() == other.split():
        return control
    return replace(
        control, doubts=(*control.doubts, f'it shows "{control.raw}", but the form\'s own data hold "{other}"')
    )


def _own_name(name: str) -> str:
    return name.rpartition(".")[2].partition("[")[0]


def _shown(control: Control) -> str:
    return control.raw if control.ticked is None else (TICKED if control.ticked else EMPTY)


def _packets(held: object) -> Iterator[tuple[str, Element]]:
    """The packets of the form, by name: kept one by one, or all in one."""
    if isinstance(held, Stream):
        root = parse(unpacked(held, _LARGEST_PACKET))
        yield from ((local(packet), packet) for packet in root)
    elif isinstance(held, Array):
        parts = list(held)
        for name, stream in zip(parts[::2], parts[1::2], strict=False):
            if text_of(name) in ("datasets", "template") and isinstance(stream, Stream):
                yield text_of(name), parse(unpacked(stream, _LARGEST_PACKET))


def _data_in(datasets: Element) -> Element | None:
    return datasets if local(datasets) == "data" else child(datasets, "data")


def _answers(data: Element) -> Iterator[tuple[str, str]]:
    """Every answer with its name: the names of what it stands in, and its number where there are several."""
    waiting: list[tuple[Element, str]] = [(data, "")]
    count = 0
    while waiting:
        element, path = waiting.pop()
        kids = [kid for kid in element if not _is_rich(kid)]
        if not kids and path:
            count += 1
            if count > _MOST_ANSWERS:
                return
            yield path, "".join(str(part) for part in element.itertext()).strip()
            continue
        times = Counter(local(kid) for kid in kids)
        seen: Counter[str] = Counter()
        found: list[tuple[Element, str]] = []
        for kid in kids:
            name = local(kid)
            number = f"[{seen[name]}]" if times[name] > 1 else ""
            seen[name] += 1
            found.append((kid, f"{path}.{name}{number}" if path else f"{name}{number}"))
        waiting += reversed(found)


def _is_rich(element: Element) -> bool:
    return "xhtml" in str(element.tag)


def _fields(template: Element) -> Iterator[tuple[str, _Asked]]:
    """What the template says of each field, by the field's own name."""
    for element in template.iter():
        if local(element) == "field" and (name := element.get("name")):
            yield str(name), _asked(element)


def _asked(element: Element) -> _Asked:
    caption = child(child(element, "caption"), "value")
    tick = child(child(element, "ui"), "checkButton") is not None
    lists = [[_words(item) for item in items] for items in children(element, "items")]
    shown = tuple(zip(lists[1], lists[0], strict=False)) if len(lists) > 1 else ()
    on = lists[0][0] if tick and lists and lists[0] else "1"
    return _Asked(_words(caption), tick, on, shown)


def _words(element: Element | None) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split()) if element is not None else ""


def _control(name: str, words: str, asked: dict[str, _Asked]) -> Control:
    of = asked.get(_own_name(name), _Asked())
    if of.tick:
        ticked = words == of.on or words.lower() in _ON
        return Control(name, "tick", _PLACE, "", ticked, of.caption, beside=of.caption)
    shown = dict(of.shown)
    raw, options = shown.get(words, words), tuple(shown.values())
    return Control(name, "choice" if options else "text", _PLACE, raw, None, of.caption, options)
