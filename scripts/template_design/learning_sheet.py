"""The sheet of learning and good practice, to be shared."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import bullets, by_hand, heading, lead, panel, paper, tag


def learning_sheet() -> bytes:
    """Learning and good practice without the case it comes from."""
    body = heading("Learning and good practice", 1)
    body += panel(
        lead(
            "What this is",
            "what one case has shown so far, shared by {{ partnership }} with people who work with children.",
        ),
        lead(
            "Check names before you share this",
            "the points below are words that people typed. The names of the child and family on the notification are cut to their first letter; other names, nicknames, places and dates may still stand in them. Read every line, take out what could tell a reader who the child is, and only then share it. Where each point comes from stands in sections 9 and 11 of the rapid review report.",
            after=0,
        ),
    )
    for title, word, nothing in (
        ("What worked well", "good_practice", "No good practice has been told of yet."),
        ("What we have learnt", "learning", "No learning has been told of yet."),
    ):
        body += heading(title)
        body += (
            bullets(f"one in sharing.{word}", "{{ one }}")
            + tag(f"{{%p if not sharing.{word} %}}")
            + kit.text(nothing)
            + tag("{%p endif %}")
        )
    for title, word in (
        ("What it is about", "themes"),
        ("What will change", "actions"),
        ("How it has been shared so far", "shared"),
    ):
        body += tag(f"{{%p if sharing.{word} %}}") + heading(title)
        body += bullets(f"one in sharing.{word}", "{{ one }}") + tag("{%p endif %}")
    body += heading("What this could mean for you")
    body += kit.text(
        "Talk it through in your team or in supervision: could the same happen here, what would you do, and what would help you to do it?"
    )
    body += kit.text("Questions: {{ contact }}.")
    body += by_hand("Names checked by, on")
    return paper(body, "Learning and good practice", foot="Learning and good practice, version {{ version }}")
