"""The letters about the partners' decision: to the Panel, of a review and its reviewer, of a withdrawal, to the referrer."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import pair, plain, source, tag
from template_design.letter import (
    FROM_PARTNERS,
    Letter,
    children,
    each,
    open_row,
    processes,
    reasons,
    said,
    when,
)
from template_design.report_parts import dissent

_NOT_DECIDED = "The partners' decision is not recorded yet: its record gives an outcome and a day."
_IN_WORDS = "{{ decision.in_words }}."
_NO_REASONS = "Not stated: to be completed from the partners' record"


def decision() -> bytes:
    """The decision and the rapid review, to the Panel."""
    return Letter(
        title="Notice of the partners' decision",
        subject="{{ ref }}: rapid review and decision",
        sender=FROM_PARTNERS,
        to="Child Safeguarding Practice Review Panel",
        unsent=(
            ("not decision.taken", _NOT_DECIDED),
            ("outcome.withdrawn", "The incident was found not to be notifiable: the withdrawal notice goes instead."),
            (
                "not paper.is_due and not decision.national_recommended",
                "{{ duty.title }}. {{ duty.reason }} Only the outcome of a rapid review goes to the Panel.",
            ),
        ),
        what="the outcome of the rapid review, with its report.",
        asks="{% if decision.national_recommended %}decide whether to commission a national review, and tell us."
        "{% else %}tell us whether you agree.{% endif %}",
        rows=(
            pair("Child and days", children() + plain(_DAYS)),
            pair("Decision", plain(_IN_WORDS)),
            pair("Reasons", _reasons()),
            when("not decision.is_a_review", pair("Instead of a review", said("brief.instead"))),
            pair("National importance", _national()),
            when("decision.is_a_review", pair("Reviewer", plain(_REVIEWER))),
            pair("Dissent", _dissent()),
            pair("Immediate action", said("brief.immediate_action")),
            pair("Other processes", processes()),
        ),
        attached=("The rapid review report",),
    ).drawn()


def reviewer_named() -> bytes:
    """That a local review was agreed and who leads it, to the Panel, Ofsted and the Department for Education."""
    return Letter(
        title="Notice of a local review and its reviewer",
        subject="{{ ref }}: local child safeguarding practice review",
        sender=FROM_PARTNERS,
        to="Child Safeguarding Practice Review Panel; Ofsted; Department for Education",
        unsent=(("not paper.is_due", "No local review is recorded as agreed."),),
        what="{% if reviewer.named %}the decision to hold a local review, and the name of its reviewer.{% else %}the "
        "decision to hold a local review. No reviewer is named yet: the name must follow as soon as it is known."
        "{% endif %}",
        asks="take note. It is sent for your information.",
        rows=(
            pair("Decision", plain(_IN_WORDS)),
            pair("Reviewer", plain("{% if reviewer.named %}{{ reviewer.name }}{% else %}To be advised{% endif %}")),
            when(
                "reviewer.named",
                pair("Organisation", plain("{{ reviewer.organisation }}")),
                pair("Appointed", plain("{{ reviewer.appointed }}")),
            ),
            when("not reviewer.named", open_row("Reviewer to follow by", "Day by which the name will be sent:")),
            pair("Scope and method", said("brief.review_scope")),
            pair("To be completed", plain(_COMPLETED)),
            pair("Dissent", _dissent()),
        ),
        attached=("Nothing",),
    ).drawn()


def withdrawal() -> bytes:
    """That the incident was not notifiable after all, to the Panel and the partners."""
    return Letter(
        title="Notice that the incident was not notifiable",
        subject="{{ ref }}: notification withdrawn",
        sender=FROM_PARTNERS,
        to="Child Safeguarding Practice Review Panel; the safeguarding partners",
        unsent=(
            ("not outcome.withdrawn", "The partners have not recorded that the incident was not notifiable."),
            ("not paper.is_due", "No edition of the guidance for the day of the decision asks for it."),
        ),
        what="on reflection, the partners found that the incident does not meet the criteria for notification.",
        asks="close your file on the notification, or tell us that you see it otherwise.",
        rows=(
            pair("Child", children()),
            pair("Days", plain(_DAYS)),
            pair("Decision", plain(_IN_WORDS)),
            pair("Why", said("brief.reasons_for")),
            pair("The definition", _definition()),
            pair(
                "Who decided",
                each("who in outcome.decided_by", "{{ who }}", "Not stated: to be completed from the record"),
            ),
            pair("Dissent", _dissent()),
            pair("Immediate action", said("brief.immediate_action")),
        ),
        attached=("The notification, as it was sent",),
    ).drawn()


def to_referrer() -> bytes:
    """What became of a referral, to the agency that sent it: nothing of the family that it did not send itself."""
    return Letter(
        title="Outcome of your referral",
        subject="{{ ref }}: what the safeguarding partners decided",
        sender=FROM_PARTNERS,
        to="",
        to_rows=each("line in referral.to", "{{ line }}", "Whoever referred the case: not named on the form"),
        unsent=(
            ("not decision.taken", _NOT_DECIDED),
            ("not referral.agency", "The form does not say which agency sent it."),
        ),
        what="the answer to your form of {{ referral.on }}. Thank you for it: forms like yours are how the partners "
        "come to learn of what has happened.",
        asks="share it only with those who need to know. You need do nothing more about this referral.",
        by="Nothing is due from you.",
        rows=(
            pair(
                "Your referral",
                plain(
                    "About {% for child in children %}{{ child.initials }}{% if not loop.last %}, {% endif %}{% endfor %}"
                ),
            ),
            pair("What was decided", _plainly()),
            pair("Why", _why_plainly()),
            when("referral.told", pair("Sent", plain("{{ referral.told }}"))),
            open_row("In our own words", "Anything to add. Nothing about the family that the referrer did not send."),
            pair("If you disagree", plain(_DISAGREE)),
            pair("If you are worried", plain(_WORRIED)),
        ),
        attached=(),
        others=False,
        basis="",
        national=False,
    ).drawn()


_DAYS = (
    "Incident: {{ form.incident_date.text if form.incident_date.stated else 'not stated on the form' }}. "
    "Notified: {{ form.national_date.text if form.national_date.stated else 'not stated on the form' }}."
)
_REVIEWER = (
    "{% if reviewer.named %}{{ reviewer.name }}{% if reviewer.organisation != 'Not stated on the form' %}, "
    "{{ reviewer.organisation }}{% endif %}{% else %}To be confirmed by ____ / ____ / ________{% endif %}"
)
_COMPLETED = (
    "{% if decision.target != 'Not stated on the form' %}Planned for {{ decision.target }}. {% endif %}"
    "{% if review.due != 'Not stated on the form' %}At the latest by {{ review.due }}.{% elif decision.target == "
    "'Not stated on the form' %}No day is recorded yet{% endif %}"
)
_DISAGREE = (
    "Talk to your own safeguarding lead first. Then write to {{ contact }}, with your reasons: the partners consider "
    "it under the partnership's procedure for professional disagreement, and answer you."
)
_WORRIED = (
    "This letter changes nothing about your own duty. If you think that a child may be at risk now, call children's "
    "social care, or 999 in an emergency."
)


def _reasons() -> str:
    return (
        tag("{%p if brief.reasons_for.stated %}")
        + said("brief.reasons_for")
        + tag("{%p endif %}")
        + tag("{%p if reasons.of_decision and not reasons.theirs %}")
        + plain("The partners' view of the criteria is not recorded. The forms by themselves support:")
        + tag("{%p endif %}")
        + reasons("reasons.of_decision", _NO_REASONS)
        + tag("{%p if reasons.more %}")
        + plain("{{ reasons.more }} more in the report, section 10.")
        + tag("{%p endif %}")
    )


def _national() -> str:
    view = (
        "{% if decision.form.national_view.text == 'Yes' %}Yes, in the partners' view{% elif "
        "decision.form.national_view.text == 'No' %}No, in the partners' view{% else %}The partners' view is not recorded"
        "{% endif %}{% if decision.national_recommended %}. They recommend a national review; the Panel decides{% endif %}."
    )
    return (
        kit.para(kit.run(view) + source("decision.form.national_view.source"), style="Cell")
        + tag("{%p if brief.national_reasons.stated %}")
        + said("brief.national_reasons")
        + tag("{%p endif %}")
    )


def _dissent() -> str:
    """Who does not agree; a record that is not there says nothing."""
    return (
        tag("{%p if decision.recorded %}")
        + dissent()
        + tag("{%p else %}")
        + plain("Not recorded yet")
        + tag("{%p endif %}")
    )


def _definition() -> str:
    return (
        tag("{%p if decision.form.definition_met.stated %}")
        + kit.para(
            kit.run(
                "A serious child safeguarding case, in the partners' view: {{ decision.form.definition_met.text | lower }}"
                "{% if brief.definition_reasons.stated %}. {{ brief.definition_reasons.text }}{% endif %}"
            )
            + source("decision.form.definition_met.source"),
            style="Cell",
        )
        + tag("{%p endif %}")
        + tag("{%p if not decision.form.definition_met.stated %}")
        + plain(_NO_REASONS)
        + tag("{%p endif %}")
    )


def _plainly() -> str:
    return (
        tag("{%p if decision.taken %}")
        + plain("The partners decided on {{ decision.on }}.")
        + tag("{%p endif %}")
        + each("line in outcome.plain", "{{ line }}", "Nothing is recorded yet")
    )


def _why_plainly() -> str:
    return (
        tag("{%p if outcome.definition_said %}")
        + plain(
            "In the partners' view this {% if outcome.definition %}is{% else %}is not{% endif %} a serious child "
            "safeguarding case as the law defines it."
        )
        + tag("{%p endif %}")
        + tag("{%p if outcome.found %}")
        + plain("The partners found that the case highlights, or may highlight:")
        + tag("{%p for one in outcome.found %}")
        + plain("–  {{ one }}")
        + tag("{%p endfor %}")
        + tag("{%p endif %}")
        + tag("{%p if outcome.not_found %}")
        + plain("They did not find:")
        + tag("{%p for one in outcome.not_found %}")
        + plain("–  {{ one }}")
        + tag("{%p endfor %}")
        + tag("{%p endif %}")
        + tag("{%p if not outcome.found and not outcome.not_found and not outcome.definition_said %}")
        + plain("To be completed in plain words by whoever sends this")
        + tag("{%p endif %}")
    )
