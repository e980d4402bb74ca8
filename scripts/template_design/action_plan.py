"""The action plan of a case."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import WIDE, bullets, heading, lead, listing, panel, paper, small_plain, status_cell, tag


def action_plan() -> bytes:
    """Every action by recommendation, on pages that are turned."""
    body = heading("Action plan", 1)
    body += panel(
        lead(
            "What this is",
            "the {% if plan.count == 1 %}only action{% else %}{{ plan.count }} actions{% endif %} of case {{ ref }} as the forms received so far leave {% if plan.count == 1 %}it{% else %}them{% endif %}: {{ plan.standing }}.",
        ),
        lead(
            "What to do",
            "{% if plan.not_smart %}complete what is not SMART yet, listed below; {% endif %}write progress into the form {{ ref }}_action-plan-to-update and drop it in the inbox. This plan is then drawn again.",
        ),
        lead(
            "Not SMART yet",
            "{% if plan.not_smart %}a SMART action names who does it, by when, and how you will know that it worked.{% else %}nothing. Every action names who does it, by when, and how you will know that it worked.{% endif %}",
            after=0,
        ),
        width=WIDE,
    )
    body += bullets("one in plan.not_smart", "{{ one }}.")
    body += tag("{%p for group in plan.groups %}")
    body += tag("{%p if group.recommendation %}") + heading("{{ group.recommendation }}") + tag("{%p endif %}")
    body += listing("Actions", "one in group.actions", _COLUMNS, WIDE) + kit.para(after=2)
    body += tag("{%p endfor %}")
    return paper(body, "Action plan", foot="Action plan, version {{ version }}", wide=True)


def _if(word: str, words: str) -> str:
    """A quiet line where there is something to say."""
    return tag(f"{{%p if one.{word} %}}") + kit.para(kit.run(words), style="Quiet") + tag("{%p endif %}")


_STAND = (
    tag("{%p if one.stand != 'Not stated' %}")
    + kit.para(kit.run("{{ one.stand }}, says the newest form"), style="Quiet")
    + tag("{%p endif %}")
)
_COLUMNS = (
    ("Ref", 6, kit.para(kit.run("{{ one.ref }}", bold=True), style="Small")),
    ("Action", 24, small_plain("{{ one.text }}") + _if("theme", "Theme: {{ one.theme }}")),
    (
        "Owner and agency",
        14,
        small_plain("{{ one.owner }}")
        + _if("agency", "{{ one.agency }}")
        + _if("group", "Watched over by {{ one.group }}"),
    ),
    (
        "By when",
        12,
        small_plain("{{ one.due }}")
        + _if("revised", "Moved{% if one.moved %} {{ one.moved }}{% endif %}")
        + _if("closed", "Closed on {{ one.closed }}"),
    ),
    ("How we will know", 14, small_plain("{{ one.measure }}")),
    ("Status", 9, status_cell("one")),
    ("Evidence of completion", 12, small_plain("{{ one.evidence or 'None yet' }}") + _STAND),
    ("Evidence of impact", 12, small_plain("{{ one.impact or 'None yet' }}")),
)
