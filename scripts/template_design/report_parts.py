"""The parts of the rapid review report that fill as returns, decision and actions come in, and its last annex."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import (
    SOURCE,
    WIDTH,
    by_hand,
    facts,
    heading,
    listed,
    listing,
    pair,
    plain,
    small_plain,
    source,
    statements,
    status_cell,
    tag,
)


def periods() -> str:
    """The period that each return covers."""
    return (
        tag("{%p for one in returns %}")
        + plain("{{ one.agency }}: {{ one.period_from.text }} to {{ one.period_to.text }}")
        + tag("{%p endfor %}")
        + tag("{%p if not returns %}")
        + plain("Not recorded yet")
        + tag("{%p endif %}")
    )


def told(title: str, word: str) -> str:
    """What the agencies say on one question, each under its name; nothing where none says anything."""
    said = f"returns | selectattr('{word}.stated') | list"
    return tag(f"{{%p if {said} %}}") + heading(title, 3) + _by_agency(said, word) + tag("{%p endif %}")


def told_or_by_hand(title: str, word: str) -> str:
    """The same, with room to write while no agency has said anything."""
    said = f"returns | selectattr('{word}.stated') | list"
    return (
        tag(f"{{%p if {said} %}}")
        + heading(title, 3)
        + _by_agency(said, word)
        + tag("{%p else %}")
        + by_hand(title)
        + tag("{%p endif %}")
    )


def _by_agency(said: str, word: str) -> str:
    return (
        tag(f"{{%p for one in {said} %}}")
        + kit.para(
            kit.run("{{ one.agency }}: ", bold=True)
            + kit.run(f"{{{{ one.{word}.text }}}}")
            + source(f"one.{word}.source"),
            after=4,
        )
        + tag("{%p endfor %}")
    )


def tellers(word: str) -> str:
    """What several tell, each with its name: good practice, learning."""
    return (
        tag(f"{{%p for one in {word} %}}")
        + kit.para(kit.run("{{ one.who }}: ", bold=True) + kit.run("{{ one.text }}") + source("one.source"), after=4)
        + tag("{%p endfor %}")
        + tag(f"{{%p if not {word} %}}")
        + kit.text("None stated on the forms received so far.")
        + tag("{%p endif %}")
    )


def known_locally() -> str:
    """What formflow found in the register's earlier cases, what agencies say, and room for what people know."""
    found = "(criteria + national) | selectattr('beside') | list"
    return (
        tag(f"{{%p for f in {found} %}}")
        + kit.para(kit.run("{{ f.title }}", bold=True), after=2)
        + tag("{%p for one in f.beside %}")
        + kit.para(kit.run("–  {{ one }}") + kit.run(" [Register]", style=SOURCE), after=3)
        + tag("{%p endfor %}")
        + tag("{%p endfor %}")
        + tag(f"{{%p if not {found} %}}")
        + kit.text("The register holds no earlier case, improvement or action that speaks to this one.")
        + tag("{%p endif %}")
        + told("Was the same found before? What the agencies say", "analysis_before")
    )


def decision_record() -> str:
    """The decision as its record gives it."""
    reviewer = "{{ reviewer.name }}{% if reviewer.named %}, {{ reviewer.organisation }}{% endif %}"
    return facts(
        "Decision",
        pair("Recommended by the review group", statements("Cell", "decision.form.recommendation")),
        pair("Decision", plain("{{ decision.in_words }}.")),
        pair("Reasons for it", statements("Cell", "decision.form.reasons_for")),
        pair("Reasons against it", statements("Cell", "decision.form.reasons_against")),
        pair("How it was reached", statements("Cell", "decision.form.how_agreed")),
        pair(
            "National importance", statements("Cell", "decision.form.national_view", "decision.form.national_reasons")
        ),
        pair("What happens instead of a review", statements("Cell", "decision.form.instead")),
        pair(
            "Reviewer",
            plain(f"{{% if decision.is_a_review %}}{reviewer}{{% else %}}No local review was decided{{% endif %}}"),
        ),
        pair("Scope and method", statements("Cell", "decision.form.review_scope")),
        pair("To be completed by", plain("{{ decision.target }}")),
        pair("Dissent", dissent()),
    )


def decision_by_hand() -> str:
    """Room for the decision while no record of it has come."""
    return by_hand(
        "Decision",
        "Reasons, for and against",
        "If a review: scope, method, reviewer, target date",
        "How the partners agreed; dissent and its reason",
    )


def panel_response() -> str:
    """What the Panel answered, once it has."""
    return (
        tag("{%p if panel.answered %}")
        + facts(
            "The Panel's response",
            pair("Panel's response of", plain("{{ panel.on }}")),
            pair("The Panel", plain("{{ panel.agrees }}. {{ panel.national }}.")),
            pair("Its words", plain("{{ panel.words or 'Not stated on the form' }}")),
        )
        + tag("{%p endif %}")
    )


def partners_views() -> str:
    """What the partners themselves think of the definition, the criteria and the circumstances."""
    return (
        tag("{%p if decision.views %}")
        + heading("What the partners think", 3)
        + kit.text("Their own view, from their record, beside the findings above.")
        + listing(
            "The partners' view",
            "one in decision.views",
            (
                ("Question", 34, small_plain("{{ one.title }}")),
                ("Their view", 16, small_plain("{{ one.view.text }}")),
                (
                    "Their reasons",
                    50,
                    kit.para(kit.run("{{ one.reason.text }}") + source("one.reason.source"), style="Small"),
                ),
            ),
        )
        + kit.para(after=2)
        + tag("{%p endif %}")
    )


def dissent() -> str:
    """Who does not agree and why; a view that is not recorded is neither agreement nor dissent."""
    return (
        tag("{%p for one in decision.dissent %}")
        + plain("{{ one.partner }}: {{ one.reason or 'no reason is recorded' }}")
        + tag("{%p endfor %}")
        + tag("{%p if decision.silent %}")
        + plain("Not recorded: the view of {{ decision.silent }}")
        + tag("{%p endif %}")
        + tag("{%p if not decision.dissent and not decision.silent %}")
        + plain("None: each of the three partners is recorded as agreeing")
        + tag("{%p endif %}")
    )


def actions() -> str:
    """The actions as they stand; empty rows to write in while there are none."""
    widths = [WIDTH * share // 100 for share in (34, 18, 16, 16, 16)]
    heads = [
        kit.cell(kit.text(t, style="SmallHead"), w, shade=kit.PANEL)
        for t, w in zip(("Action", "Owner and agency", "By when", "How we will know", "Status"), widths, strict=True)
    ]
    empty = kit.table(
        [
            kit.row(heads, header=True),
            *(kit.row([kit.cell(kit.para(style="Small") * 2, w) for w in widths]) for _ in range(4)),
        ],
        widths,
        title="Actions",
    )
    full = listing(
        "Actions",
        "one in actions",
        (
            ("Action", 36, small_plain("{{ one.text }}") + kit.para(kit.run("{{ one.ref }}"), style="Quiet")),
            ("Owner and agency", 18, small_plain("{{ one.owner }}{% if one.agency %}, {{ one.agency }}{% endif %}")),
            ("By when", 16, small_plain("{{ one.due }}")),
            ("How we will know", 16, small_plain("{{ one.measure }}")),
            ("Status", 14, status_cell("one")),
        ),
    )
    return tag("{%p if actions %}") + full + tag("{%p else %}") + empty + tag("{%p endif %}") + kit.para(after=4)


def sign_off() -> str:
    """A row for each partner, with what the record says and room for a signature."""
    widths = [WIDTH * share // 100 for share in (26, 24, 22, 14, 14)]
    titles = ("Safeguarding partner", "Name and post", "Signature", "Date", "Agrees?")
    heads = [kit.cell(kit.text(t, style="SmallHead"), w, shade=kit.PANEL) for t, w in zip(titles, widths, strict=True)]
    empty = [
        kit.row(
            [
                kit.cell(small_plain(who) + kit.para(style="Small") * 2, widths[0]),
                *(kit.cell("", w) for w in widths[1:]),
            ]
        )
        for who in (
            "Local authority",
            "{{ (terms.health_partner or 'Health partner') | capitalize }}",
            "Chief officer of police",
        )
    ]
    full = listing(
        "Sign-off",
        "one in decision.partners",
        (
            ("Safeguarding partner", 26, small_plain("{{ one.partner }}") + kit.para(style="Small")),
            ("Name and post", 24, small_plain("{{ one.name }}{% if one.role %}, {{ one.role }}{% endif %}")),
            ("Signature", 22, small_plain("")),
            ("Date", 14, small_plain("{{ one.on }}")),
            ("Agrees?", 14, small_plain("{{ one.view }}")),
        ),
    )
    blank = kit.table([kit.row(heads, header=True), *empty], widths, title="Sign-off")
    return (
        tag("{%p if decision.recorded %}") + full + tag("{%p else %}") + blank + tag("{%p endif %}") + kit.para(after=4)
    )


def full_chronology() -> str:
    """Every row of every agency, or a line that says what is still to come."""
    doubts = (
        tag("{%p for doubt in row.doubts %}")
        + kit.para(kit.run("To check: ", bold=True) + kit.run("{{ doubt }}"), style="Small")
        + tag("{%p endfor %}")
    )
    table = listing(
        "Chronology",
        "row in chronology.rows",
        (
            ("No.", 6, small_plain("{% if row.number %}{{ row.number }}{% endif %}")),
            ("Date", 16, small_plain("{{ row.when }}{% if row.time %}, {{ row.time }}{% endif %}")),
            (
                "Told by, and from",
                22,
                small_plain("{{ row.told_by }}") + kit.para(kit.run("{{ row.source }}"), style="Quiet"),
            ),
            ("What happened", 44, small_plain("{{ row.event }}") + doubts),
            ("Child seen", 12, small_plain("{{ row.seen }}")),
        ),
    )
    return (
        tag("{%p if returns or pictures.timeline %}")
        + table
        + tag("{%p else %}")
        + kit.text("To be added from the agencies' returns; the key events of the notification stand in section 7.")
        + tag("{%p endif %}")
    )


def annex_explained() -> str:
    """Annex D: for each finding the words it rests on, where they stood, the paragraph and what would change it."""
    body = heading("Annex D  Rules used, and how each finding was reached")
    body += kit.text(
        'Worked out on {{ explained.on }}. What is marked "to be confirmed" has not been checked against its source yet. Each answer is given as it was read, with the words on the form where they differ, and where they stood.'
    )
    body += (
        tag("{%p for one in explained.editions %}")
        + kit.para(
            kit.run("Guidance for the {{ one.which }}: ", bold=True)
            + kit.run("in force from {{ one.from }}{% if one.chosen_by %} (chosen by {{ one.chosen_by }}){% endif %}"),
            after=2,
        )
        + tag("{%p endfor %}")
    )
    answers = (
        tag("{%p for ground in step.grounds %}")
        + kit.para(
            kit.run(
                "{{ ground.question }}: {{ ground.read_as }}{% if ground.raw %}, written “{{ ground.raw }}”{% endif %}"
            )
            + kit.run("{% if ground.place %} [{{ ground.place }}]{% endif %}", style=SOURCE),
            style="Quiet",
        )
        + tag("{%p endfor %}")
    )
    beside = (
        tag("{%p for one in step.beside %}")
        + kit.para(kit.run("{{ one }}") + kit.run(" [Register]", style=SOURCE), style="Quiet")
        + tag("{%p endfor %}")
    )
    why = (
        small_plain("{{ step.reason }}")
        + answers
        + beside
        + tag("{%p if step.would_change %}")
        + kit.para(kit.run("What would change it: ", bold=True) + kit.run("{{ step.would_change }}"), style="Quiet")
        + tag("{%p endif %}")
    )
    words = (
        kit.para(kit.run("{{ step.title }}: {{ step.result }}", bold=True), style="Small")
        + tag("{%p if step.wording %}")
        + kit.para(kit.run("“{{ step.wording }}”"), style="Quiet")
        + tag("{%p endif %}")
        + kit.para(kit.run("{{ step.source }}, edition of {{ step.edition }}"), style="Quiet")
    )
    body += (
        tag("{%p for group in explained.groups %}")
        + heading("{{ group.title }}", 3)
        + listed(
            "How each finding was reached",
            "group.steps",
            "step",
            (("Test, its words and its source", 42, words), ("Why, and the answers it rests on", 58, why)),
            nothing="No test of this group was made.",
        )
        + tag("{%p endfor %}")
    )
    body += tag("{%p if explained.deadlines %}")
    body += heading("Deadlines, day by day", 3)
    body += (
        tag("{%p for d in explained.deadlines %}")
        + kit.para(
            kit.run("{{ d.title }}, {{ d.due }}: ", bold=True)
            + kit.run("{{ d.rule }}. {{ d.source }}.{% if d.days %} {{ d.days }}.{% endif %}"),
            style="Small",
            after=3,
        )
        + tag("{%p endfor %}")
    )
    body += tag("{%p endif %}") + tag("{%p if explained.receipt %}")
    body += heading("Made with", 3)
    body += kit.text(
        "These fingerprints name the form, the rules, the layout and the templates exactly; formflow verify makes every decision again from them and compares."
    )
    body += listing(
        "Made with",
        "one in explained.receipt",
        (("What", 34, small_plain("{{ one.what }}")), ("Version or fingerprint", 66, small_plain("{{ one.is }}"))),
    )
    return body + tag("{%p endif %}")
