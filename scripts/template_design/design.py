"""What every template is made of: facts in rows, lists, panels, headings, head and foot."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.rendering import word_kit as kit
from formflow.rendering.pictures.placeholder import placeholder

WIDTH = kit.PORTRAIT[0] - 2 * kit.MARGIN
WIDE = kit.LANDSCAPE[0] - 2 * kit.MARGIN
"""The width of a paper whose page is turned."""
SOURCE = "Source"


def source(word: str) -> str:
    """The small tag that says where a statement comes from."""
    return kit.run(f" {{{{ {word} }}}}", style=SOURCE)


def fact(label: str, word: str, *details: str) -> str:
    """A row with a label and a statement of the form; details follow where the form gives them."""
    return pair(label, statements("Cell", word, *details))


def statements(style: str, word: str, *details: str) -> str:
    """A statement, which says so when the form does not; and details, which are left out when it does not."""
    said = kit.para(kit.run(f"{{{{ {word}.text }}}}") + source(f"{word}.source"), style=style)
    for detail in details:
        one = kit.para(kit.run(f"{{{{ {detail}.text }}}}") + source(f"{detail}.source"), style=style)
        said += tag(f"{{%p if {detail}.source %}}") + one + tag("{%p endif %}")
    return said


def pair(label: str, content: str) -> str:
    """A row with a label and whatever stands beside it; it stays whole unless it is longer than a page."""
    widths = (WIDTH // 4, WIDTH - WIDTH // 4)
    cells = [kit.cell(kit.text(label, style="CellHead"), widths[0], shade=kit.PANEL), kit.cell(content, widths[1])]
    return kit.row(cells)


def plain(words: str) -> str:
    """A paragraph of a cell."""
    return kit.para(kit.run(words), style="Cell")


def facts(title: str, *rows: str) -> str:
    """A table of labels and answers."""
    return kit.table(rows, [WIDTH // 4, WIDTH - WIDTH // 4], title=title) + kit.para(after=4)


def tag(words: str) -> str:
    """A paragraph that is only a tag of the template, such as {%p if … %}."""
    return kit.para(kit.run(words))


def listing(title: str, loop: str, columns: Sequence[tuple[str, int, str]], width: int = WIDTH) -> str:
    """A table with a row for each of a list: heads, shares of the width and contents."""
    total = sum(share for _, share, _ in columns)
    widths = [width * share // total for _, share, _ in columns]
    heads = [
        kit.cell(kit.text(head, style="SmallHead"), w, shade=kit.PANEL)
        for (head, _, _), w in zip(columns, widths, strict=True)
    ]
    cells = [kit.cell(content, w) for (_, _, content), w in zip(columns, widths, strict=True)]
    rows = [
        kit.row(heads, header=True),
        kit.row([kit.cell(kit.text(f"{{%tr for {loop} %}}"), width, span=len(columns))]),
        kit.row(cells),
        kit.row([kit.cell(kit.text("{%tr endfor %}"), width, span=len(columns))]),
    ]
    return kit.table(rows, widths, title=title)


def listed(
    title: str,
    things: str,
    one: str,
    columns: Sequence[tuple[str, int, str]],
    nothing: str = "None stated on the form.",
) -> str:
    """The same, or a sentence where there is nothing to list."""
    return (
        tag(f"{{%p if {things} %}}")
        + listing(title, f"{one} in {things}", columns)
        + tag("{%p else %}")
        + kit.para(kit.run(nothing))
        + tag("{%p endif %}")
        + kit.para(after=2)
    )


def small(word: str, *details: str) -> str:
    """Statements in a narrow column."""
    return statements("Small", word, *details)


def small_plain(words: str) -> str:
    """Words in a narrow column."""
    return kit.para(kit.run(words), style="Small")


def status_cell(one: str) -> str:
    """A status as a word on its colour, white or dark as the colour needs."""
    white = kit.run(f"{{{{ {one}.status }}}}", bold=True, color="FFFFFF")
    dark = kit.run(f"{{{{ {one}.status }}}}", bold=True)
    switch = (
        kit.run(f"{{% cellbg {one}.fill %}}{{% if {one}.white %}}")
        + white
        + kit.run("{% else %}")
        + dark
        + kit.run("{% endif %}")
    )
    return kit.para(switch, style="Small")


def bullets(loop: str, words: str) -> str:
    """One short paragraph for each of a list."""
    return tag(f"{{%p for {loop} %}}") + kit.para(kit.run(f"–  {words}"), after=3) + tag("{%p endfor %}")


def panel(*paragraphs: str, width: int = WIDTH) -> str:
    """The box at the head of a paper."""
    return kit.table(
        [kit.row([kit.cell("".join(paragraphs), width, shade=kit.PANEL)])], [width], title="About this paper"
    ) + kit.para(after=2)


def lead(label: str, words: str, *, after: int | None = 3) -> str:
    """A paragraph of the box at the head: what it is about in bold, and the words."""
    return kit.para(kit.run(f"{label}: ", bold=True) + kit.run(words), style="Cell", after=after)


def lines(things: str, words: str) -> str:
    """A paragraph of a cell for each of a list."""
    return tag(f"{{%p for {things} %}}") + plain(words) + tag("{%p endfor %}")


def by_hand(*labels: str) -> str:
    """Rows with room to write, for what only people can say."""
    return facts("To be completed", *(pair(label, kit.para(style="Cell") * 3) for label in labels))


def heading(words: str, level: int = 2) -> str:
    """A heading."""
    return kit.para(kit.run(words), style=f"Heading{level}")


def picture(name: str, words: str) -> tuple[kit.Drawing, str]:
    """Room for a picture of formflow's, by its name, and the paragraph that holds it where it is drawn."""
    width, height = 160.0, 60.0
    drawing = kit.drawing(name, width, height, placeholder(words, width, height), words)
    return drawing, tag(f"{{%p if pictures.{name} %}}") + kit.para(drawing.run, after=4) + tag("{%p endif %}")


def paper(
    body: str,
    title: str,
    *,
    foot: str,
    ref: bool = True,
    wide: bool = False,
    drawings: Sequence[kit.Drawing] = (),
) -> bytes:
    """The whole document with marking, reference, version and page numbers; `wide` turns its pages."""
    width = WIDE if wide else WIDTH
    tabs = kit.tab_stops(("center", width // 2), ("right", width))
    marking = kit.tab() + kit.run("{{ marking }}") + kit.tab() + (kit.run("{{ ref }}") if ref else "")
    pages = kit.tab() + kit.run("Page ") + kit.field("PAGE") + kit.run(" of ") + kit.field("NUMPAGES")
    footer = kit.para(kit.run(foot) + pages, style="Foot", tabs=kit.tab_stops(("right", width)))
    if ref:
        footer += kit.para(kit.run("{{ paper.status }}"), style="Foot")
    return kit.package(
        body + kit.section(kit.LANDSCAPE if wide else kit.PORTRAIT, last=True),
        header=kit.para(marking, style="Marking", tabs=tabs),
        footer=footer,
        title=title,
        drawings=drawings,
    )
