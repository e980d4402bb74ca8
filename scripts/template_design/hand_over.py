"""The list with which an unfinished serious case review is handed over."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import (
    bullets,
    by_hand,
    fact,
    facts,
    heading,
    lead,
    lines,
    listed,
    pair,
    panel,
    paper,
    plain,
    small_plain,
    status_cell,
    tag,
)


def hand_over() -> bytes:
    """What is done, what is open, actions and documents of an old review."""
    body = heading("Hand-over of a serious case review", 1)
    body += panel(
        lead(
            "What this is",
            "the serious case review {{ ref }}, commissioned under Working Together 2015, was not both completed and published in its time{% if hand_over.ended %}, which ended on {{ hand_over.ended }}{% endif %}. It passes to the safeguarding partners; the Panel and the Department for Education are given a copy.",
        ),
        lead(
            "What to do",
            "check the list against the file, complete it by hand where it is open, send it with the documents to everybody named below, and drop the form of the serious case review in the inbox with the day and to whom.",
            after=0,
        ),
    )
    body += facts(
        "The review",
        pair("To", lines("one in hand_over.to", "{{ one.name }}{% if one.told %}: told on {{ one.told }}{% endif %}")),
        pair("From", plain("{{ partnership }}. Questions: {{ contact }}.")),
        pair("Our reference", plain("{{ ref }}")),
        fact("Board", "legacy.form.board_name"),
        pair("Commissioned on", plain("{{ legacy.commissioned }}")),
        fact("Why", "legacy.form.commissioned_reason"),
        pair("Lead reviewer", plain("{{ appointment.who }}")),
        pair("Completed on", plain("{{ legacy.completed }}")),
        pair("Published on", plain("{{ legacy.published }}")),
        pair("If not published, why", plain("{{ legacy.why_not or 'Not stated on the form' }}")),
        fact("How it stands", "legacy.form.state_note"),
        pair("Handed over on", plain("{{ legacy.handed_over }}")),
    )
    for title, word, nothing in (
        ("What is done", "done", "Nothing, as far as the forms tell."),
        ("What is open", "open", "Nothing, as far as the forms tell."),
    ):
        body += heading(title)
        body += (
            bullets(f"one in hand_over.{word}", "{{ one }}")
            + tag(f"{{%p if not hand_over.{word} %}}")
            + kit.text(nothing)
            + tag("{%p endif %}")
        )
    body += heading("Actions")
    body += listed(
        "Actions",
        "actions",
        "one",
        (
            ("Action", 40, small_plain("{{ one.text }}") + kit.para(kit.run("{{ one.ref }}"), style="Quiet")),
            ("Owner and agency", 24, small_plain("{{ one.owner }}{% if one.agency %}, {{ one.agency }}{% endif %}")),
            ("By when", 20, small_plain("{{ one.due }}")),
            ("Status", 16, status_cell("one")),
        ),
        nothing="No action is on the forms.",
    )
    body += heading("Documents")
    body += kit.text(
        "The forms received, as they lie in the folder of the case. Add the report, drafts and minutes that lie elsewhere."
    )
    body += listed(
        "Documents",
        "documents",
        "one",
        (
            ("No.", 8, small_plain("{{ one.number }}")),
            ("What it is", 30, small_plain("{{ one.what }}")),
            ("Received", 22, small_plain("{{ one.received }}")),
            ("File", 40, small_plain("{{ one.file }}")),
        ),
        nothing="None.",
    )
    body += kit.text("To be completed by hand, with name, post, signature and date.")
    body += by_hand("Other documents, and where they are", "Handed over by", "Received by")
    return paper(body, "Hand-over of a serious case review", foot="Hand-over of a serious case review")
