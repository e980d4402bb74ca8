"""What goes with a version for sharing: the check of what is left in it, and the key of who is who."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import bullets, heading, lead, listing, panel, paper, small_plain, tag


def check_before_sharing() -> bytes:
    """What was found in the papers that are to be shared."""
    body = heading("Check before sharing", 1)
    body += panel(
        lead(
            "What this is",
            "what formflow found in the version of {{ ref }} that was made for sharing on {{ made_on }}, with {{ how }} in place of names: {{ papers | join(', ') }}.",
        ),
        lead(
            "What to do",
            "{% if count %}look at each of the {{ count }} below{% else %}read the papers as a stranger would{% endif %}, mend what must not be read by others in the paper itself, and have a second person read it before it leaves you.",
        ),
        lead("Do not share this page", "it quotes what it found.", after=None),
    )
    body += heading("What was found")
    body += (
        tag("{%p if finds %}")
        + listing(
            "Finds",
            "find in finds",
            (
                ("What", 20, small_plain("{{ find.kind }}")),
                (
                    "Where",
                    28,
                    small_plain("{{ find.paper }}")
                    + kit.para(
                        kit.run("{{ find.place }}{% if find.times > 1 %}, {{ find.times }} times{% endif %}"),
                        style="Quiet",
                    ),
                ),
                (
                    "What stands there",
                    52,
                    kit.para(kit.run("{{ find.found }}", bold=True), style="Small")
                    + kit.para(kit.run("{{ find.quote }}"), style="Quiet"),
                ),
            ),
        )
        + kit.para(after=2)
        + tag("{%p else %}")
        + kit.text(
            "Nothing was found. That is no proof: formflow looks only for what the forms of this case say of people."
        )
        + tag("{%p endif %}")
    )
    body += heading("What the files carry beside their words")
    body += (
        tag("{%p if carried %}")
        + bullets("one in carried", "{{ one.paper }}: {{ one.says }}")
        + kit.text("It comes from your template. In Word: File, Info, Check for Issues, Inspect Document.")
        + tag("{%p else %}")
        + kit.text(
            "Nothing: no author, comments, tracked changes, hidden text, data behind the text or pictures of pages."
        )
        + tag("{%p endif %}")
    )
    body += heading("What only people can see")
    for words in (
        "A nickname, a misspelt name, or a name no form gives.",
        "Details that together tell who it is: a rare illness, an unusual event, the number of brothers and sisters, a place, what was in the news.",
        "What would hurt somebody who reads it about themselves.",
    ):
        body += kit.para(kit.run(f"–  {words}"), after=3)
    return paper(body, "Check before sharing", foot="Check before sharing. Not to be shared.")


def key_sheet() -> bytes:
    """Who is who: the one paper that joins labels and names."""
    body = heading("Key: who is who", 1)
    body += panel(
        kit.para(
            kit.run("Not to be shared. ", bold=True)
            + kit.run(
                "This sheet says who is meant by the {{ how }} in the papers of {{ ref }}. With it, every version of them can be read with names."
            ),
            style="Cell",
            after=3,
        ),
        lead(
            "What to do",
            "keep it where only those may look who know the case, apart from what is shared. Made on {{ made_on }}; a later form adds people and changes no label.",
            after=None,
        ),
    )
    for title, people, last in (
        ("Children, family and other adults", "people", ("Date of birth", 19, small_plain("{{ one.born }}"))),
        ("Professionals", "professionals", None),
    ):
        columns = [
            ("In the papers", 22, kit.para(kit.run("{{ one.label }}", bold=True), style="Small")),
            (
                "Name",
                32,
                small_plain("{{ one.name }}")
                + tag("{%p if one.others %}")
                + kit.para(kit.run("Also: {{ one.others }}"), style="Quiet")
                + tag("{%p endif %}"),
            ),
            ("Relation" if last else "Post", 27, small_plain("{{ one.relation }}")),
        ]
        body += heading(title)
        body += (
            tag(f"{{%p if {people} %}}")
            + listing(title, f"one in {people}", [*columns, *([last] if last else [])])
            + tag("{%p else %}")
            + kit.text("None is named.")
            + tag("{%p endif %}")
        )
    return paper(body, "Key sheet", foot="Key sheet. Not to be shared.")
