"""The record of the partners' decision, for the file."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import (
    WIDTH,
    fact,
    facts,
    heading,
    lead,
    listing,
    pair,
    panel,
    paper,
    plain,
    small_plain,
    statements,
    tag,
)

_TOLD = {
    "The Panel": "decision_told_panel_date",
    "Ofsted": "decision_told_ofsted_date",
    "Department for Education": "decision_told_dfe_date",
    "Whoever referred the case": "referrer_told_date",
    "The family": "family_told_date",
}


def partners_decision() -> bytes:
    """The decision of the safeguarding partners on one or two pages."""
    body = heading("Decision of the safeguarding partners", 1)
    body += panel(
        lead(
            "What this is",
            "the record of what the review group recommended and what the three safeguarding partners decided in case {{ ref }}, with their reasons.",
        ),
        lead("Decision", "{{ decision.in_words }}."),
        lead(
            "What to do",
            "{% if decision.taken %}sign in section 4 and keep this with the case{% else %}this record holds no decision with its day yet: complete the decision record in this folder, and drop it in the inbox{% endif %}.{% if decision.silent %} Not recorded yet: the view of {{ decision.silent }}. A missing view is neither agreement nor dissent.{% endif %}",
            after=0,
        ),
    )
    body += heading("1  The rapid review")
    body += facts(
        "The rapid review",
        fact("National reference", "form.national_ref"),
        pair("Incident", statements("Cell", "form.incident_date")),
        pair(
            "Days",
            plain("Review group met: {{ done.rapid_review_meeting or 'not recorded yet' }}")
            + plain("Completed: {{ done.rapid_review_completed or 'not recorded yet' }}")
            + plain("Sent to the Panel: {{ done.rapid_review or 'not recorded yet' }}"),
        ),
        fact("Who took part", "decision.form.took_part"),
        fact("Agencies considered", "decision.form.agencies_considered"),
    )
    body += heading("2  What the review group recommends")
    body += facts(
        "Recommendation",
        fact("Recommendation", "decision.form.recommendation"),
        pair(
            "When, and who chaired",
            statements("Cell", "decision.form.recommendation_date", "decision.form.recommended_by"),
        ),
        fact("Reasons", "decision.form.recommendation_reasons"),
    )
    body += heading("3  What the partners decide")
    body += facts(
        "Decision",
        pair("Decision", plain("{{ decision.in_words }}.")),
        fact("Serious child safeguarding case", "decision.form.definition_met", "decision.form.definition_reasons"),
        fact("Reasons for it", "decision.form.reasons_for"),
        fact("Reasons against it", "decision.form.reasons_against"),
        fact("How it was reached", "decision.form.how_agreed"),
        _only_if("decision.form.instead.stated or not decision.is_a_review"),
        fact("Instead of a review", "decision.form.instead"),
        _row("{%tr endif %}"),
    )
    body += heading("4  Each partner's view")
    reason = (
        tag("{%p if one.view == 'Does not agree' %}")
        + kit.para(kit.run("{{ one.reason or 'No reason is recorded' }}"), style="Quiet")
        + tag("{%p endif %}")
    )
    body += listing(
        "Each partner's view",
        "one in decision.partners",
        (
            ("Safeguarding partner", 20, small_plain("{{ one.partner }}")),
            (
                "Name and role",
                24,
                small_plain("{{ one.name }}") + kit.para(kit.run("{{ one.role }}"), style="Quiet"),
            ),
            (
                "View, and reason if it differs",
                26,
                kit.para(kit.run("{{ one.view }}", bold=True), style="Small") + reason,
            ),
            ("Date", 12, small_plain("{{ one.on }}")),
            ("Signature", 18, kit.para(style="Small") * 3),
        ),
    ) + kit.para(after=4)
    body += heading("5  National importance")
    body += facts(
        "National importance",
        fact("Complex or of national importance", "decision.form.national_view", "decision.form.national_reasons"),
        pair(
            "Grounds given",
            tag("{%p for one in decision.grounds %}")
            + plain("{{ one.title }}{% if one.reason.stated %}: {{ one.reason.text }}{% endif %}")
            + tag("{%p endfor %}")
            + tag("{%p if not decision.grounds %}")
            + plain("None stated on the form")
            + tag("{%p endif %}"),
        ),
    )
    body += kit.text("The partners give their view; the Panel decides whether there is a national review.")
    body += heading("6  The reviewer")
    body += tag("{%p if decision.is_a_review or reviewer.named %}")
    body += facts(
        "The reviewer",
        pair("Reviewer", plain("{{ appointment.who }}")),
        pair("Appointed", plain("{{ reviewer.appointed }}")),
        fact("Scope and method", "decision.form.review_scope"),
        pair("To be completed by", plain("{{ decision.target }}")),
    )
    body += tag("{%p else %}") + kit.text("No review is recorded, so there is no reviewer.") + tag("{%p endif %}")
    body += heading("7  Who has been told, and when")
    body += facts(
        "Who has been told", pair("Told of the decision", "".join(plain(_told(*one)) for one in _TOLD.items()))
    )
    return paper(body, "Decision of the safeguarding partners", foot="Decision of the partners, version {{ version }}")


def _told(who: str, field: str) -> str:
    word = f"decision.form.{field}"
    return f"{who}: {{% if {word}.stated %}}{{{{ {word}.text }}}}{{% else %}}not recorded yet{{% endif %}}"


def _only_if(condition: str) -> str:
    """The rows up to the end of the condition stand only where it holds."""
    return _row(f"{{%tr if {condition} %}}")


def _row(words: str) -> str:
    return kit.row([kit.cell(kit.text(words), WIDTH, span=2)])
