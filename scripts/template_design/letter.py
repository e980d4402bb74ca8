"""What every letter is made of: its head, the box, rows of what it says, who else is told, and room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formflow.rendering import word_kit as kit
from template_design.design import WIDTH, heading, pair, paper, plain, source, tag

FROM_COUNCIL = "{{ partnership }}, for {{ local_authority }}"
FROM_PARTNERS = "{{ partnership }}, for the partners"
WHO = "{{ child.who | replace(' (worked out from the date of birth)', '') | replace(', when it', ' when it') }}"
_NARROW = '<w:spacing w:after="0" w:line="{}" w:lineRule="exact"/>'
_GAP = kit.para(tabs=_NARROW.format(160))
"""A narrow space between two tables."""
_KEPT = kit.para(tabs=_NARROW.format(160), keep=True)
_END = kit.para(tabs=_NARROW.format(20))
"""Word puts a whole line after a table that ends a paper, unless a narrower one is there."""


@dataclass(frozen=True)
class Letter:
    """One kind of letter, as its template says it."""

    title: str
    subject: str
    sender: str
    to: str
    """To whom, in words, while nothing says yet who is to be told."""
    unsent: Sequence[tuple[str, str]]
    """When it must not be sent: the condition and what to say, the first that holds."""
    what: str
    asks: str
    rows: Sequence[str]
    attached: Sequence[str]
    by: str = "{{ paper.by or 'No day can be worked out yet.' }}"
    reply: str = ""
    """What is said after it of when an answer is wanted."""
    to_rows: str = ""
    """Paragraphs of the row "To", where it is not everybody whom the guidance names."""
    others: bool = True
    basis: str = "Nothing in the guidance asks for this letter yet"
    """What is said while no event of the guidance asks for the letter; empty: it rests on none."""
    national: bool = True
    """Whether it gives the national reference and the version of the form."""
    heading: str = ""
    """Its title at its head, where that is not always the same."""
    footing: str = ""

    def drawn(self) -> bytes:
        """The template."""
        unsent = " or ".join(f"({condition})" for condition, _ in self.unsent)
        body = heading(f"{self.heading or self.title}{{% if {unsent} %}}: not to be sent yet{{% endif %}}", 1)
        body += self._head() + _GAP + self._box(unsent)
        rows = (*self.rows, *self._last())
        body += kit.table(rows, [WIDTH // 4, WIDTH - WIDTH // 4], title=self.title) + _KEPT + _signature() + _END
        return paper(body, self.title, foot=f"{self.footing or self.title}, version {{{{ version }}}}")

    def _head(self) -> str:
        to = self.to_rows or (
            tag("{%p if paper.to %}")
            + tag("{%p for one in paper.to %}")
            + plain(
                "{{ one.name }}{% if one.address %}, {{ one.address }}{% endif %}{% if one.email %}, {{ one.email }}{% endif %}{% if one.told %} (told on {{ one.told }}){% endif %}"
            )
            + tag("{%p endfor %}")
            + tag("{%p else %}")
            + plain(self.to)
            + tag("{%p endif %}")
        )
        widths = [WIDTH * share // 100 for share in (25, 29, 10, 36)]
        national = kit.para(kit.run("{{ form.national_ref.text }}"), style="Cell")
        rows = [
            _wide("From", plain(self.sender), widths),
            _wide("To", to, widths),
            kit.row([*_named("Our reference", plain("{{ ref }}"), widths[:2]),
                     *_named("Date", plain("____ / ____ / ________"), widths[2:])]),
            *([kit.row([*_named("National reference", national, widths[:2]),
                        *_named("Form", plain("version {{ form_version }} of the notification"), widths[2:])])]
              if self.national else []),
            _wide("Subject", kit.para(kit.run(self.subject, bold=True), style="Cell"), widths),
        ]  # fmt: skip
        return kit.table(rows, widths, title="Head of the letter")

    def _box(self, unsent: str) -> str:
        inner = [tag(f"{{%p if {unsent} %}}")]
        words = ""
        for number, (condition, says) in enumerate(self.unsent):
            words += f"{{% {'if' if number == 0 else 'elif'} {condition} %}}{says}"
        inner.append(
            kit.para(
                kit.run("Do not send this yet. ", bold=True) + kit.run(words + "{% endif %}"), style="Cell", after=3
            )
        )
        inner.append(tag("{%p endif %}"))
        for head, says in (("What this is: ", self.what), ("What it asks of you: ", self.asks)):
            inner.append(kit.para(kit.run(head, bold=True) + kit.run(says), style="Cell", after=3))
        inner.append(kit.para(kit.run("By when: ", bold=True) + kit.run(self.by + self.reply), style="Cell"))
        return (
            kit.table([kit.row([kit.cell("".join(inner), WIDTH, shade=kit.PANEL)])], [WIDTH], title="About this letter")
            + _GAP
        )

    def _last(self) -> Sequence[str]:
        rows = []
        if self.others:
            told = each("who in paper.others", "{{ who }}", "Nobody else by this route")
            rows.append(pair("Who else is told", told))
        if self.basis:
            rows.append(pair("Basis", plain(f"{{{{ paper.basis or '{self.basis}' }}}}")))
        attached = "".join(plain(one) if not one.startswith("{%p") else tag(one) for one in self.attached)
        if attached:
            rows.append(pair("Attached", attached))
        contact = kit.para(kit.run("{{ contact }}"), style="Cell", keep=True)  # so that nobody signs an empty page
        rows.append(pair("Contact", contact))
        return rows


def when(condition: str, *rows: str) -> str:
    """Rows that are there only when a condition holds."""
    return _row_of(f"{{%tr if {condition} %}}") + "".join(rows) + _row_of("{%tr endif %}")


def each(loop: str, words: str, nothing: str, *, tagged: str = "") -> str:
    """One short paragraph of a cell for each of a list; a sentence where there is none."""
    things = loop.partition(" in ")[2]
    said = kit.run(words) + (source(tagged) if tagged else "")
    return (
        tag(f"{{%p for {loop} %}}")
        + kit.para(said, style="Cell")
        + tag("{%p endfor %}")
        + tag(f"{{%p if not {things} %}}")
        + plain(nothing)
        + tag("{%p endif %}")
    )


def said(word: str) -> str:
    """A statement with where it comes from."""
    return kit.para(kit.run(f"{{{{ {word}.text }}}}") + source(f"{word}.source"), style="Cell")


def children() -> str:
    """Every child by initials and age."""
    return (
        tag("{%p for child in children %}")
        + kit.para(kit.run(WHO) + source("child.dob.source"), style="Cell")
        + tag("{%p endfor %}")
    )


def processes() -> str:
    """The other processes under way, and what they restrict."""
    words = "{% for p in processes %}{{ p.title }}: {{ p.state.text | lower }}{% if not loop.last %}; {% endif %}{% endfor %}"
    return (
        tag("{%p if processes %}")
        + kit.para(kit.run(words) + kit.run(" [Notification, 7]", style="Source"), style="Cell")
        + tag("{%p else %}")
        + plain("None stated on the form")
        + tag("{%p endif %}")
        + tag("{%p if form.process_restricted.text == 'Yes' %}")
        + kit.para(
            kit.run("Restricted: ", bold=True)
            + kit.run("the police or another body limit who may be told. Ask them before you share this further.")
            + source("form.process_restricted.source"),
            style="Cell",
        )
        + tag("{%p endif %}")
    )


def reasons(word: str, nothing: str, *, result: bool = True) -> str:
    """Reasons in short lines, each naming its criterion."""
    line = kit.run("–  {{ one.criterion }}: ", bold=True)
    found = "{{ one.result | lower }}{% if one.says %}. {{ one.says }}{% endif %}"
    line += kit.run(found if result else "{{ one.says }}")
    return (
        tag(f"{{%p for one in {word} %}}")
        + kit.para(line, style="Cell")
        + tag("{%p endfor %}")
        + tag(f"{{%p if not {word} %}}")
        + plain(nothing)
        + tag("{%p endif %}")
    )


def open_row(label: str, words: str) -> str:
    """A row that whoever sends the letter completes by hand."""
    quiet = kit.para(kit.run(words, color=kit.QUIET), style="Quiet")
    return pair(label, quiet + kit.para(style="Cell"))


def _signature() -> str:
    widths = [WIDTH * share // 100 for share in (40, 60)]
    cells = [kit.cell(kit.text(t, style="SmallHead") + kit.para(style="Small") * 2, w)
             for t, w in zip(("Signature", "Name and post"), widths, strict=True)]  # fmt: skip
    return kit.table([kit.row(cells)], widths, title="Signature")


def _named(label: str, content: str, widths: Sequence[int]) -> list[str]:
    return [kit.cell(kit.text(label, style="CellHead"), widths[0], shade=kit.PANEL), kit.cell(content, widths[1])]


def _wide(label: str, content: str, widths: Sequence[int]) -> str:
    return kit.row([kit.cell(kit.text(label, style="CellHead"), widths[0], shade=kit.PANEL),
                    kit.cell(content, sum(widths[1:]), span=3)])  # fmt: skip


def _row_of(words: str) -> str:
    return kit.row([kit.cell(kit.text(words), WIDTH, span=2)])
