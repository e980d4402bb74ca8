"""The notice of an incident to the Panel (before 29 June 2018: to Ofsted)."""

from __future__ import annotations

from template_design.design import fact, pair, plain, tag
from template_design.letter import FROM_COUNCIL, Letter, children, processes, reasons, said

_UNSENT = (
    (
        "not paper.is_due and duty.notify == 'yes'",
        "{{ duty.reason }} The Secretary of State and Ofsted are told by a notice of their own.",
    ),
    (
        "not paper.is_due",
        "{{ duty.title }}. {{ duty.reason }} Whether to notify is for {{ local_authority }} to decide.",
    ),
)


def notice() -> bytes:
    """The notice of an incident: one page where the form is short."""
    return Letter(
        title="Notice of a serious incident",
        subject="{{ ref }}: notice of a serious incident",
        sender=FROM_COUNCIL,
        to="Child Safeguarding Practice Review Panel",
        unsent=_UNSENT,
        what="{% if paper.is_due %}{{ duty.title }}. Drafted for {{ local_authority }}, whose duty it is to notify. {% else %}a draft of the notice, should there be a duty to notify. {% endif %}{% if paper.is_due and duty.rapid_review == 'no' %}The notification itself was made on the form of the time.{% else %}The notification itself is made in the national online service.{% endif %}",
        asks="{% if not paper.is_due %}settle the questions in annex C of the rapid review report first.{% elif duty.rapid_review == 'yes' %}read this with the notification. The rapid review follows{% for one in steps if one.key == 'rapid_review' %} by {{ one.due }}{% endfor %}.{% else %}read this with the notification. There was no rapid review yet under the rules of the time.{% endif %}",
        by="{% if paper.is_due %}{{ paper.by }}{% elif notify_by %}{{ notify_by }} (if there is a duty at all).{% elif duty.notify == 'no' %}There is no day: on what the form says, nothing is to be notified.{% else %}No day can be worked out yet.{% endif %}",
        rows=(
            pair("Child", children()),
            fact("What happened", "form.nature"),
            pair("Days", _days()),
            pair("Reasons", _why()),
            pair("Immediate action", said("brief.immediate_action")),
            pair("Other processes", processes()),
        ),
        attached=("The notification, as it was sent",),
        footing="Notice of an incident",
    ).drawn()


def _why() -> str:
    return (
        tag("{%p if not paper.is_due %}")
        + plain("{{ duty.reason }}")
        + tag("{%p endif %}")
        + reasons("reasons.to_notify", "No part of the definition is met on what the form says.", result=False)
    )


def _days() -> str:
    words = (
        "Incident: {{ form.incident_date.text | lower if not form.incident_date.stated else form.incident_date.text }}. "
        "Council aware: {{ form.la_aware_date.text | lower if not form.la_aware_date.stated else form.la_aware_date.text }}. "
        "Notified nationally: {{ form.national_date.text | lower if not form.national_date.stated else form.national_date.text }}."
    )
    return plain(words)
