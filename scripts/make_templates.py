"""Draws the Word templates that formflow ships; afterwards they are ordinary files that a partnership edits in Word.

python scripts/make_templates.py [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from formflow.rendering import word_kit as kit

WIDTH = kit.PORTRAIT[0] - 2 * kit.MARGIN
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


def listing(title: str, loop: str, columns: Sequence[tuple[str, int, str]]) -> str:
    """A table with a row for each of a list: heads, shares of the width and contents."""
    total = sum(share for _, share, _ in columns)
    widths = [WIDTH * share // total for _, share, _ in columns]
    heads = [
        kit.cell(kit.text(head, style="SmallHead"), w, shade=kit.PANEL)
        for (head, _, _), w in zip(columns, widths, strict=True)
    ]
    cells = [kit.cell(content, w) for (_, _, content), w in zip(columns, widths, strict=True)]
    rows = [
        kit.row(heads, header=True),
        kit.row([kit.cell(kit.text(f"{{%tr for {loop} %}}"), WIDTH, span=len(columns))]),
        kit.row(cells),
        kit.row([kit.cell(kit.text("{%tr endfor %}"), WIDTH, span=len(columns))]),
    ]
    return kit.table(rows, widths, title=title)


def listed(title: str, things: str, one: str, columns: Sequence[tuple[str, int, str]]) -> str:
    """The same, or a sentence where there is nothing to list."""
    return (
        tag(f"{{%p if {things} %}}")
        + listing(title, f"{one} in {things}", columns)
        + tag("{%p else %}")
        + kit.para(kit.run("None stated on the form."))
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


def panel(*paragraphs: str) -> str:
    """The box at the head of a paper."""
    return kit.table(
        [kit.row([kit.cell("".join(paragraphs), WIDTH, shade=kit.PANEL)])], [WIDTH], title="About this paper"
    ) + kit.para(after=2)


def by_hand(*labels: str) -> str:
    """Rows with room to write, for what only people can say."""
    return facts("To be completed", *(pair(label, kit.para(style="Cell") * 3) for label in labels))


def heading(words: str, level: int = 2) -> str:
    """A heading."""
    return kit.para(kit.run(words), style=f"Heading{level}")


def paper(body: str, title: str, *, foot: str, draft: bool = True, ref: bool = True) -> bytes:
    """The whole document with marking, reference, version and page numbers."""
    tabs = kit.tab_stops(("center", WIDTH // 2), ("right", WIDTH))
    marking = kit.tab() + kit.run("{{ marking }}") + kit.tab() + (kit.run("{{ ref }}") if ref else "")
    pages = kit.tab() + kit.run("Page ") + kit.field("PAGE") + kit.run(" of ") + kit.field("NUMPAGES")
    footer = kit.para(kit.run(foot) + pages, style="Foot", tabs=kit.tab_stops(("right", WIDTH)))
    if draft:
        footer += kit.para(
            kit.run("DRAFT, not approved. Drafted from the form received on {{ received }}."), style="Foot"
        )
    return kit.package(
        body + kit.section(kit.PORTRAIT, last=True),
        header=kit.para(marking, style="Marking", tabs=tabs),
        footer=footer,
        title=title,
    )


def notice() -> bytes:
    """The notice of an incident: one page."""
    body = heading(
        "{% if duty.notify == 'yes' %}Notice of a serious incident{% else %}Notice of an incident: not to be sent yet{% endif %}",
        1,
    )
    body += panel(
        tag("{%p if duty.notify == 'yes' %}"),
        kit.para(kit.run("To: ", bold=True) + kit.run("{{ duty.addressees | join('; ') }}"), style="Cell", after=3),
        kit.para(
            kit.run("What it is: ", bold=True)
            + kit.run(
                "{{ duty.title }}. Drafted for {{ local_authority }}, whose duty it is to notify; the national online service is used for the notification itself."
            ),
            style="Cell",
            after=3,
        ),
        tag("{%p if notify_by %}"),
        kit.para(kit.run("By when: ", bold=True) + kit.run("{{ notify_by }}."), style="Cell"),
        tag("{%p endif %}"),
        tag("{%p else %}"),
        kit.para(
            kit.run("Do not send this. ", bold=True) + kit.run("{{ duty.title }}. {{ duty.reason }}"),
            style="Cell",
            after=3,
        ),
        kit.para(
            kit.run(
                "Please settle the questions in annex C of the rapid review report first. Whether to notify is for {{ local_authority }} to decide."
            ),
            style="Cell",
        ),
        tag("{%p endif %}"),
    )
    body += facts(
        "The incident",
        pair("From", plain("{{ partnership }}. Questions: {{ contact }}.")),
        pair("Our reference", plain("{{ ref }}")),
        fact("National reference", "form.national_ref"),
        pair(
            "Child",
            tag("{%p for child in children %}")
            + kit.para(kit.run("{{ child.who }}") + source("child.dob.source"), style="Cell")
            + tag("{%p endfor %}"),
        ),
        fact("What happened", "form.nature"),
        fact("Incident", "form.incident_date"),
        fact("Council aware", "form.la_aware_date"),
        fact("Notified nationally", "form.national_date"),
        fact("Abuse or neglect", "form.abuse_neglect"),
        pair("Why", plain("{{ duty.reason }}")),
        fact("Immediate action", "form.immediate_action"),
        pair(
            "Other processes",
            tag("{%p if processes %}")
            + kit.para(
                kit.run(
                    "{% for p in processes %}{{ p.title }}: {{ p.state.text | lower }}{% if not loop.last %}; {% endif %}{% endfor %}"
                )
                + kit.run(" [Notification, 7]", style=SOURCE),
                style="Cell",
            )
            + tag("{%p else %}")
            + plain("None stated on the form")
            + tag("{%p endif %}"),
        ),
        pair("Who else is told", plain("{{ duty.others_told or 'Nobody else, on what the form says' }}")),
    )
    body += tag("{%p if deadlines %}")
    body += listing(
        "Deadlines",
        "d in deadlines if d.key != 'rapid_review_early_warning'",
        (
            ("Deadline", 40, small_plain("{{ d.title }}")),
            ("Counted from", 20, small_plain("{{ d.start }}")),
            ("Due", 20, small_plain("{{ d.due }}")),
            ("Status", 15, status_cell("d")),
        ),
    )
    body += tag("{%p endif %}")
    return paper(body, "Panel notice", foot="Notice of an incident, version {{ version }}")


def report() -> bytes:
    """The rapid review report, drafted from the form."""
    body = heading("Rapid review report", 1)
    body += panel(
        kit.para(
            kit.run("What this is: ", bold=True)
            + kit.run(
                "a draft of the rapid review of {{ ref }}, made from the notification alone. Everything taken from the form carries a tag such as [Notification, 2.4] that names its question."
            ),
            style="Cell",
            after=3,
        ),
        kit.para(
            kit.run("What it asks of you: ", bold=True)
            + kit.run(
                "check every statement against the form, add what the agencies return, and complete what is left open for the safeguarding partners. formflow recommends nothing and decides nothing."
            ),
            style="Cell",
            after=3,
        ),
        kit.para(
            kit.run("By when: ", bold=True) + kit.run("{{ next_deadline or 'No date can be worked out yet' }}."),
            style="Cell",
        ),
    )
    body += heading("1  Front sheet")
    body += facts(
        "Front sheet",
        pair("Case reference", plain("{{ ref }}, version {{ version }} of the notification")),
        fact("National reference", "form.national_ref"),
        pair("Area", plain("{{ partnership }}")),
        pair(
            "Child",
            tag("{%p for child in children %}")
            + kit.para(kit.run("{{ child.who }}") + source("child.dob.source"), style="Cell")
            + tag("{%p endfor %}"),
        ),
        pair("Kind of incident", plain("{{ duty.title }}. {{ duty.reason }}")),
        pair("To be told", plain("{{ duty.told_in_words }}")),
        fact("Incident", "form.incident_date"),
        fact("Council became aware", "form.la_aware_date"),
        fact("Notified nationally", "form.national_date"),
        pair("Form received", plain("{{ received }}")),
        pair("Rapid review meeting", kit.para(style="Cell")),
        pair("Report sent", kit.para(style="Cell")),
    )
    body += tag("{%p if deadlines %}")
    body += listing(
        "Deadlines",
        "d in deadlines",
        (
            ("Deadline", 34, small_plain("{{ d.title }}") + kit.para(kit.run("{{ d.rule }}"), style="Quiet")),
            ("Counted from", 18, small_plain("{{ d.start }}")),
            ("Due", 18, small_plain("{{ d.due }}")),
            ("Done", 16, small_plain("{{ d.done }}")),
            ("Status", 14, status_cell("d")),
        ),
    )
    body += tag("{%p endif %}") + kit.para(after=2)
    body += (
        tag("{%p if flags %}")
        + heading("To see first", 3)
        + bullets("flag in flags", "{{ flag }}")
        + tag("{%p endif %}")
    )
    body += heading("2  Purpose and method")
    body += kit.text(
        "A rapid review gathers the facts as far as they can be readily established, asks what must be done at once for children's safety, considers what could be improved, and lets the safeguarding partners decide what to do next, including whether to hold a local child safeguarding practice review. This draft rests on the notification; the returns of the agencies are still to come."
    )
    body += by_hand("Period covered", "Agencies asked, returned, late")
    body += heading("3  The incident")
    body += facts(
        "The incident",
        fact("What happened", "form.nature"),
        fact("Date and time", "form.incident_date", "form.incident_time"),
        fact("If not exact, why", "form.incident_date_note"),
        fact("Date of death", "form.date_of_death"),
        fact("Place", "form.incident_place"),
        fact("In this area", "form.incident_in_area"),
        fact("Outside England", "form.outside_england_resident", "form.country"),
        fact("Other authority", "form.other_la"),
        fact("Abuse or neglect", "form.abuse_neglect"),
        fact("Kinds", "form.abuse_type", "form.abuse_type_other"),
        fact("Harm", "form.harm_type"),
        fact("Long term", "form.harm_long_term"),
        fact("Life threatening", "form.harm_life_threatening"),
        fact("Account", "form.incident_summary"),
        fact("A child suspected", "form.child_suspected_perpetrator"),
    )
    body += heading("4  The child")
    body += tag("{%p for child in children %}") + heading(
        "Child {{ child.number }}{% if child.initials != 'Child ' ~ child.number %}: {{ child.initials }}{% endif %}", 3
    )
    body += facts(
        "The child",
        pair("Age", kit.para(kit.run("{{ child.age }}") + source("child.dob.source"), style="Cell")),
        fact("Expected birth", "child.edd"),
        fact("Part in the incident", "child.role", "child.outcome"),
        fact("Sex", "child.sex"),
        fact("Ethnicity", "child.ethnicity"),
        fact("Disability", "child.disability", "child.disability_detail"),
        fact("Language", "child.language"),
        fact("Interpreter", "child.interpreter"),
        fact("Religion", "child.religion"),
        fact("School or nursery", "child.school"),
        fact("Legal status", "child.legal_status"),
        fact("Looked after", "child.looked_after", "child.placing_la", "child.placement_type"),
        fact("Care leaver", "child.care_leaver"),
        fact("Protection plan", "child.cp_plan", "child.cp_category"),
        fact("Plan from, to", "child.cp_from", "child.cp_to"),
        fact("Child in need", "child.cin"),
        fact("Early help", "child.early_help"),
        fact("Regulated setting", "child.regulated_setting", "child.regulated_setting_detail"),
        fact("Carer at the time", "child.carer_at_incident"),
    )
    body += tag("{%p endfor %}")
    body += by_hand(
        "Who the child was: voice and daily life", "Identity, inequality and racism: what they meant for the child"
    )
    body += heading("5  Family and household")
    body += listed(
        "Family",
        "family",
        "person",
        (
            ("Person", 11, small_plain("{{ person.initials }}")),
            ("Relationship", 16, small("person.relationship")),
            ("Birth or age", 15, small("person.dob_or_age")),
            ("Lives with child", 14, small("person.lives_with_child")),
            ("Parental responsibility", 17, small("person.pr")),
            ("Plan or status; note", 27, small("person.cp_or_legal_status", "person.note")),
        ),
    )
    body += heading("6  Agencies involved")
    body += listed(
        "Agencies",
        "agencies",
        "agency",
        (
            ("Agency", 25, small("agency.name")),
            ("Role", 19, small("agency.role")),
            ("From, to", 18, small("agency.from", "agency.to")),
            ("Still involved", 13, small("agency.still_involved")),
            ("Knows", 13, small("agency.knows_who")),
            ("Return received", 12, small_plain("")),
        ),
    )
    body += facts("No agency", fact("No agency involved", "form.no_agency_involvement"))
    body += heading("7  Key events")
    body += listed(
        "Key events",
        "events",
        "event",
        (
            ("Date", 18, small("event.date")),
            ("Time", 14, small("event.time")),
            ("Source", 18, small("event.source")),
            ("Event", 37, small("event.event")),
            ("Child seen", 13, small("event.child_seen")),
        ),
    )
    body += facts("Chronology", fact("Chronology attached", "form.chronology_attached"))
    body += heading("8  Immediate safeguarding")
    body += facts(
        "Immediate safeguarding",
        fact("Action taken", "form.immediate_action"),
        fact("Others at risk", "form.other_children_at_risk", "form.other_children_at_risk_detail"),
        fact("Strategy discussion", "form.strategy_discussion", "form.strategy_discussion_date"),
    )
    body += heading("9  Good practice") + kit.para(
        kit.run("{{ form.good_practice.text }}") + source("form.good_practice.source")
    )
    body += heading("10  Analysis")
    body += kit.text(
        "Each finding is what the form alone supports. It is advice for the people who decide, never a verdict."
    )
    for letter, title, group in (
        ("A", "The definition and the duty to notify", "definition"),
        ("B", "Criteria that must be taken into account", "criteria"),
        ("C", "Circumstances to have regard to", "circumstances"),
    ):
        body += heading(f"{letter}  {title}", 3) + findings(group)
    body += heading("D  What is already known locally", 3) + by_hand("Earlier cases, learning and actions")
    body += heading("E  Complex or of national importance", 3) + findings("national")
    body += facts(
        "National importance",
        fact("The sender's view", "form.national_importance", "form.national_importance_evidence"),
    )
    body += heading("11  Learning")
    body += facts("Learning", fact("Already clear", "form.immediate_learning"))
    body += by_hand("Learning already acted on", "Learning to share now, with whom")
    body += heading("12  Decision of the safeguarding partners")
    body += kit.text("The partners decide. The routes below are laid out from the form; none is recommended.")
    body += listing(
        "Routes",
        "route in routes",
        (
            ("Route", 26, small_plain("{{ route.title }}")),
            ("Open?", 14, small_plain("{{ route.open }}")),
            ("What speaks for it", 32, small_plain("{{ route.speaks_for }}")),
            ("What stands against it", 28, small_plain("{{ route.speaks_against }}")),
        ),
    ) + kit.para(after=4)
    body += by_hand(
        "Decision",
        "Reasons, for and against",
        "If a review: scope, method, reviewer, target date",
        "How the partners agreed; dissent and its reason",
    )
    body += heading("13  Actions")
    widths = [WIDTH * share // 100 for share in (34, 18, 16, 16, 16)]
    heads = [
        kit.cell(kit.text(t, style="SmallHead"), w, shade=kit.PANEL)
        for t, w in zip(("Action", "Owner and agency", "By when", "How we will know", "Status"), widths, strict=True)
    ]
    body += kit.table(
        [
            kit.row(heads, header=True),
            *(kit.row([kit.cell(kit.para(style="Small") * 2, w) for w in widths]) for _ in range(4)),
        ],
        widths,
        title="Actions",
    ) + kit.para(after=4)
    body += heading("14  Family involvement and parallel processes")
    body += facts(
        "Family and media",
        fact("Family told", "form.family_aware", "form.family_aware_detail"),
        fact("Must not be told", "form.who_must_not_be_told"),
        fact("Media interest", "form.media_interest", "form.media_interest_detail"),
        fact("Restricted", "form.process_restricted"),
    )
    body += listed(
        "Other processes",
        "processes",
        "process",
        (
            ("Process", 36, small_plain("{{ process.title }}")),
            ("Under way", 16, small("process.state")),
            ("Reference", 16, small("process.ref")),
            ("Lead", 16, small("process.lead")),
            ("Date", 16, small("process.date")),
        ),
    )
    body += heading("15  Sign-off")
    widths = [WIDTH * share // 100 for share in (28, 24, 24, 12, 12)]
    heads = [
        kit.cell(kit.text(t, style="SmallHead"), w, shade=kit.PANEL)
        for t, w in zip(("Safeguarding partner", "Name and post", "Signature", "Date", "Agree?"), widths, strict=True)
    ]
    body += kit.table(
        [kit.row(heads, header=True)]
        + [
            kit.row(
                [
                    kit.cell(small_plain(who) + kit.para(style="Small") * 2, widths[0]),
                    *(kit.cell("", w) for w in widths[1:]),
                ]
            )
            for who in ("Local authority", "Health partner", "Chief officer of police")
        ],
        widths,
        title="Sign-off",
    ) + kit.para(after=4)
    body += heading("Annex A  Full chronology") + kit.text("To be added from the agencies' returns.")
    body += heading("Annex B  Agency returns") + kit.text("None received yet.")
    body += heading("Annex C  Questions on the form")
    body += (
        tag("{%p if questions %}")
        + bullets("question in questions", "{{ question }}")
        + tag("{%p else %}")
        + kit.text("None: no answer on the form was unclear.")
        + tag("{%p endif %}")
    )
    body += kit.text(
        "{{ not_stated }} {% if not_stated == 1 %}further question on the form was left blank and is{% else %}further questions on the form were left blank and are{% endif %} shown as not stated."
    )
    body += heading("Annex D  Rules used, and how each finding was reached")
    body += kit.text(
        'Worked out on {{ decided_on }} under the guidance in force from {{ edition_notification }} (notification) and {{ edition_review }} (review). What is marked "to be confirmed" has not been checked against its source yet.'
    )
    body += (
        tag("{%p for d in deadlines %}")
        + kit.para(
            kit.run("{{ d.title }}: ", bold=True)
            + kit.run(
                "{{ d.rule }}. {{ d.source }}. {% if d.counted %}Working days counted: {{ d.counted }}.{% else %}Not counted, because its start is not certain.{% endif %}"
            ),
            after=3,
        )
        + tag("{%p endfor %}")
    )
    for group in ("definition", "criteria", "circumstances", "national"):
        body += tag(f"{{%p for f in {group} %}}")
        body += kit.para(
            kit.run("{{ f.title }}: ", bold=True)
            + kit.run(
                "{{ f.result }}. {{ f.reason }} {% if f.rests_on %}Rests on: {{ f.rests_on_in_short }}. {% endif %}{% if f.would_settle %}Would be settled by {{ f.would_settle }}. {% endif %}{% if f.would_meet %}Would be met by: {{ f.would_meet }} {% endif %}"
            )
            + source("f.source"),
            after=3,
        )
        body += tag("{%p endfor %}")
    return paper(body, "Rapid review report", foot="Rapid review report, version {{ version }}")


def findings(group: str) -> str:
    """The findings of a group with their reasons and sources."""
    return listing(
        group.capitalize(),
        f"f in {group}",
        (
            ("Test", 28, small_plain("{{ f.title }}") + kit.para(kit.run("{{ f.source }}"), style="Quiet")),
            ("Finding", 16, kit.para(kit.run("{{ f.result }}", bold=True), style="Small")),
            (
                "Why, and what it rests on",
                56,
                small_plain("{{ f.reason }}")
                + kit.para(kit.run("{{ f.rests_on }}"), style="Quiet")
                + tag("{%p if f.would_settle %}")
                + kit.para(kit.run("Would be settled by {{ f.would_settle }}"), style="Quiet")
                + tag("{%p endif %}"),
            ),
        ),
    ) + kit.para(after=2)


def what_to_mend() -> bytes:
    """The page that goes back with a form."""
    body = heading("What to mend", 1)
    body += panel(
        kit.para(
            kit.run("Your form could not be taken. ", bold=True)
            + kit.run("Nothing is lost: it lies beside this page, as it was."),
            style="Cell",
            after=3,
        ),
        tag("{%p if to_mend %}"),
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run(
                "mend {% if count == 1 %}the point{% elif count == 2 %}both points{% else %}all {{ count }} points{% endif %} below in the form, save it, and drop it in the inbox again."
            ),
            style="Cell",
        ),
        tag("{%p else %}"),
        kit.para(kit.run("What to do: ", bold=True) + kit.run("see below."), style="Cell"),
        tag("{%p endif %}"),
    )
    body += facts("The form", pair("File", plain("{{ file_name }}")), pair("Received", plain("{{ received }}")))
    body += heading("{% if to_mend %}What is wrong, and where{% else %}Why{% endif %}")
    body += (
        tag("{%p for problem in problems %}")
        + kit.para(kit.run("{{ loop.index }}.  ", bold=True) + kit.run("{{ problem }}"), after=6)
        + tag("{%p endfor %}")
    )
    body += heading("If a child may need help now")
    body += kit.text(
        "Do not wait for this form: telephone children's social care or, in an emergency, 999. The council's 5 working days to notify the Panel run on while a form is being mended."
    )
    body += heading("Questions")
    body += kit.text("Please ask {{ contact }}, {{ partnership }}.")
    return paper(body, "What to mend", foot="What to mend", draft=False, ref=False)


def chronology() -> bytes:
    """The combined chronology of a case."""
    body = heading("Combined chronology", 1)
    body += panel(
        kit.para(
            kit.run("What this is: ", bold=True)
            + kit.run(
                "the key events of the notification and of every agency return, in order. Each row says who tells it, and from which record."
            ),
            style="Cell",
            after=3,
        ),
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run(
                'look at what is marked "To check": {{ contradictions }} {% if contradictions == 1 %}event that is{% else %}events that are{% endif %} told with different dates, {{ gaps }} {% if gaps == 1 %}gap{% else %}gaps{% endif %}, {{ undated }} {% if undated == 1 %}row{% else %}rows{% endif %} without a date. Nothing was put right by machine.'
            ),
            style="Cell",
        ),
    )
    body += heading("Agencies")
    body += listed(
        "Agencies",
        "agencies",
        "agency",
        (
            ("Agency", 50, plain("{{ agency.name }}")),
            ("Received", 28, plain("{{ agency.received }}")),
            ("What it holds", 22, plain("{{ agency.holds }}")),
        ),
    )
    body += heading("What happened")
    checks = (
        tag("{%p for doubt in row.doubts %}")
        + kit.para(kit.run("To check: ", bold=True) + kit.run("{{ doubt }}"), style="Small")
        + tag("{%p endfor %}")
    )
    more = "".join(
        tag(f"{{%p if row.{word} %}}")
        + kit.para(kit.run(f"{label}: ", bold=True) + kit.run(f"{{{{ row.{word} }}}}"), style="Small")
        + tag("{%p endif %}")
        for word, label in (("response", "Response"), ("comment", "Comment"))
    )
    told = (
        kit.para(kit.run("{{ row.told_by }}"), style="Small")
        + tag("{%p if row.source %}")
        + kit.para(kit.run("{{ row.source }}"), style="Quiet")
        + tag("{%p endif %}")
    )
    happened = (
        tag("{%p if row.gap %}")
        + kit.para(kit.run("{{ row.event }}", italic=True, color=kit.QUIET), style="Small")
        + tag("{%p else %}")
        + kit.para(kit.run("{{ row.event }}"), style="Small")
        + tag("{%p endif %}")
        + more
        + checks
    )
    body += listed(
        "Chronology",
        "rows",
        "row",
        (
            (
                "Date",
                15,
                kit.para(kit.run("{{ row.when }}"), style="Small")
                + tag("{%p if row.time %}")
                + kit.para(kit.run("{{ row.time }}"), style="Quiet")
                + tag("{%p endif %}"),
            ),
            ("Told by, and from", 21, told),
            ("What happened", 53, happened),
            ("Child seen", 11, kit.para(kit.run("{{ row.seen }}"), style="Small")),
        ),
    )
    return paper(body, "Combined chronology", foot="Combined chronology", draft=True)


def what_changed() -> bytes:
    """What a corrected notification changed."""
    body = heading("What changed", 1)
    body += panel(
        kit.para(
            kit.run("What this is: ", bold=True)
            + kit.run(
                "every answer in which version {{ version }} of the notification differs from version {{ before }}. The earlier version is kept; deadlines were worked out again."
            ),
            style="Cell",
            after=3,
        ),
        tag("{%p if decided_on %}"),
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run(
                "the partners decided on {{ decided_on }}, before this. Their decision stands as it is recorded: please ask them whether they confirm it."
            ),
            style="Cell",
        ),
        tag("{%p else %}"),
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run('read the new papers beside this one; those of the earlier version lie in "earlier versions".'),
            style="Cell",
        ),
        tag("{%p endif %}"),
    )
    body += heading("Differences")
    body += listed(
        "Differences",
        "changes",
        "change",
        (
            ("Question", 34, plain("{{ change.question }}")),
            ("Was", 33, plain("{{ change.old }}")),
            ("Is now", 33, plain("{{ change.new }}")),
        ),
    )
    body += heading("Questions")
    body += (
        tag("{%p if questions %}")
        + tag("{%p for question in questions %}")
        + kit.para(kit.run("{{ loop.index }}.  ", bold=True) + kit.run("{{ question }}"), after=6)
        + tag("{%p endfor %}")
        + tag("{%p else %}")
        + kit.text("None.")
        + tag("{%p endif %}")
    )
    return paper(body, "What changed", foot="What changed", draft=True)


def check_before_sharing() -> bytes:
    """What was found in the papers that are to be shared."""
    body = heading("Check before sharing", 1)
    body += panel(
        kit.para(
            kit.run("What this is: ", bold=True)
            + kit.run(
                "what formflow found in the version of {{ ref }} that was made for sharing on {{ made_on }}, with {{ how }} in place of names: {{ papers | join(', ') }}."
            ),
            style="Cell",
            after=3,
        ),
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run(
                "{% if count %}look at each of the {{ count }} below{% else %}read the papers as a stranger would{% endif %}, mend what must not be read by others in the paper itself, and have a second person read it before it leaves you."
            ),
            style="Cell",
            after=3,
        ),
        kit.para(kit.run("Do not share this page: ", bold=True) + kit.run("it quotes what it found."), style="Cell"),
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
    return paper(body, "Check before sharing", foot="Check before sharing. Not to be shared.", draft=False)


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
        kit.para(
            kit.run("What to do: ", bold=True)
            + kit.run(
                "keep it where only those may look who know the case, apart from what is shared. Made on {{ made_on }}; a later form adds people and changes no label."
            ),
            style="Cell",
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
    return paper(body, "Key sheet", foot="Key sheet. Not to be shared.", draft=False)


def main() -> None:
    """Write every template into its folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "templates"
    made = {
        "notification/panel-notice.docx": notice(),
        "notification/rapid-review-report.docx": report(),
        "returned/What to mend.docx": what_to_mend(),
        "agency-return/combined-chronology.docx": chronology(),
        "correction/what-changed.docx": what_changed(),
        "share/check-before-sharing.docx": check_before_sharing(),
        "key/key-sheet.docx": key_sheet(),
    }
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
