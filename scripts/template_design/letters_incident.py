"""The letters about the incident itself: to the safeguarding partners, other areas, the Secretary of State and Ofsted."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import fact, pair, plain, source, tag
from template_design.letter import (
    FROM_COUNCIL,
    Letter,
    children,
    each,
    open_row,
    processes,
    said,
    when,
)

_DUTY_OPEN = "{{ duty.title }}. {{ duty.reason }} Whether to notify is for {{ local_authority }} to decide."
_BY_HAND = "To be completed by hand: name and date of birth, sent by the secure route."


def to_partners() -> bytes:
    """The notice to the safeguarding partners of the area, or to the Board before there were any."""
    return Letter(
        title="Notice to the safeguarding partners",
        heading="{% if 'the Local Safeguarding Children Board' in duty.told %}Notice to the Local Safeguarding Children "
        "Board{% else %}Notice to the safeguarding partners{% endif %}",
        subject="{{ ref }}: a serious incident in our area",
        sender=FROM_COUNCIL,
        to="Safeguarding partners (local authority, {{ terms.health_partner or 'health partner' }} and police)",
        unsent=(("not paper.is_due", _DUTY_OPEN),),
        what="{% if paper.is_due %}{{ duty.title }}. {{ local_authority[:1] | upper }}{{ local_authority[1:] }} tells "
        "you of it, as well as {% if duty.rapid_review == 'no' %}Ofsted{% else %}the national Panel{% endif %}. "
        "{% else %}a draft of the notice, should there be a duty to notify. {% endif %}It holds only what you need to "
        "act.",
        asks="{% if duty.rapid_review == 'no' %}look up what you hold, keep it safe, and tell us who speaks for you."
        "{% else %}secure your records now, tell us who speaks for you, and {% if steps %}keep the days below free{% else %}be ready for a rapid review{% endif %}.{% endif %}",
        reply=_RETURN,
        rows=(
            pair("Child", children()),
            fact("What happened", "form.nature", "form.incident_date"),
            fact("Abuse or neglect", "form.abuse_neglect"),
            pair("Immediate action", said("brief.immediate_action") + _others_at_risk()),
            pair("Other processes", processes()),
            when("form.who_must_not_be_told.stated", fact("Must not be told", "form.who_must_not_be_told")),
            pair("Rapid review", _review_dates()),
            *_to_find_the_child(),
        ),
        attached=("Nothing. The agency request follows separately.",),
    ).drawn()


def _to_find_the_child() -> tuple[str, str]:
    """Births where the paper names the child; else a row to be completed by hand."""
    births = (
        tag("{%p for child in children %}")
        + kit.para(kit.run("{{ child.dob.text }}") + source("child.dob.source"), style="Cell")
        + tag("{%p endfor %}")
        + kit.para(kit.run("This letter names the child: send it by the secure route only."), style="Quiet")
    )
    return (
        when("paper.names == 'named'", pair("Date of birth", births)),
        when("paper.names != 'named'", open_row("To find the child", _BY_HAND)),
    )


def to_other_area() -> bytes:
    """The notice to another local authority: one that is involved, or the one in whose area it happened."""
    return Letter(
        title="Notice to another local authority",
        subject="{{ ref }}: a serious incident that concerns your area",
        sender=FROM_COUNCIL,
        to="The other local authority: not named on the form",
        to_rows=_other_areas(),
        unsent=(("not cross_border.to_be_told", _DUTY_OPEN),),
        what="{% if cross_border.in_its_area %}what we know of a serious incident in your area. {{ duty.reason }}"
        "{% elif cross_border.to_be_told %}{{ duty.title }}. Your authority is named on the notification of it.{% else %}"
        "a draft of the notice, should there be a duty to notify.{% endif %}",
        asks=_ASKED,
        by="{{ paper.by or 'This is to be sent as soon as it can be.' }}",
        reply="{% if not cross_border.in_its_area %}" + _RETURN + "{% endif %}",
        basis="Working Together, chapter 5: other areas are told where that is appropriate (to be confirmed)",
        rows=(
            pair("Child", children()),
            *_to_find_the_child(),
            fact("What happened", "form.nature"),
            fact("When", "form.incident_date"),
            fact("Where", "form.incident_place", "form.country"),
            pair("What links us", _links()),
            pair("Who leads", plain(_LEADS)),
            pair("Immediate action", said("brief.immediate_action")),
            pair("Other processes", processes()),
            when("form.who_must_not_be_told.stated", fact("Must not be told", "form.who_must_not_be_told")),
        ),
        attached=("Nothing. Details follow by the secure route.",),
    ).drawn()


def to_secretary_of_state() -> bytes:
    """The notice of the death of a looked-after child or a care leaver under 25."""
    return Letter(
        title="Notice to the Secretary of State and Ofsted",
        subject="{{ ref }}: death of a {% if duty.type == 'care_leaver_death' %}care leaver under 25{% elif duty.type == "
        "'looked_after_death' %}looked-after child{% else %}looked-after child or care leaver{% endif %}",
        sender=FROM_COUNCIL,
        to="Secretary of State for Education; Ofsted",
        unsent=(
            (
                "not paper.is_due and duty.notify == 'yes'",
                "{{ duty.reason }} This goes to the Panel by a notice of its own.",
            ),
            ("not paper.is_due", _DUTY_OPEN),
        ),
        what="{% if not paper.is_due %}a draft of the notice, should a looked-after child or a care leaver have died.{% elif "
        "duty.type == 'cannot_tell' %}{{ duty.reason }}{% else %}{{ duty.title }}.{% endif %} The notification itself is made in the same national online service as "
        "one to the Panel.",
        asks="take note. {% if duty.rapid_review == 'no' %}No rapid review follows by this route.{% else %}Whether a "
        "rapid review follows is not settled: {{ local_authority }} decides first whether abuse or neglect is "
        "suspected.{% endif %}",
        rows=(
            pair("Child or young person", children()),
            fact("Date of death", "form.date_of_death"),
            fact("Where", "form.incident_place"),
            fact("Council aware", "form.la_aware_date"),
            fact("Notified nationally", "form.national_date"),
            fact("Abuse or neglect", "form.abuse_neglect"),
            pair("Status in care", _care()),
            pair("Rapid review", plain(_NO_REVIEW)),
            pair("Immediate action", said("brief.immediate_action")),
            pair("Other processes", processes()),
        ),
        attached=("The notification, as it was sent",),
    ).drawn()


_ASKED = (
    "{% if cross_border.in_its_area %}tell us whether you notify the Panel and who leads for you, and ask us for what "
    "we hold.{% else %}look up what you hold of the child and the family, secure those records, and tell us who speaks "
    "for you.{% endif %}"
)
_RETURN = "{% for one in steps if one.key == 'agency_returns' and not one.done %} Your return is wanted by {{ one.due }}.{% endfor %}"
_LEADS = (
    "{% if cross_border.in_its_area %}You do, on what the form says: the authority in whose area it happened notifies "
    "the Panel, and its safeguarding partners lead the rapid review. We take part where you need us."
    "{% elif duty.rapid_review == 'yes' %}{{ partnership }} leads the rapid review. We ask you to take part."
    "{% elif duty.rapid_review == 'no' %}{{ local_authority[:1] | upper }}{{ local_authority[1:] }} notifies. No rapid "
    "review follows by this route.{% else %}Not settled yet: it turns on whether there is a duty to notify the Panel."
    "{% endif %}"
)
_NO_REVIEW = (
    "{% if duty.rapid_review == 'no' %}None by this route. The partners may still choose to learn from what happened.{% else %}Not settled: it follows if "
    "abuse or neglect is known or suspected.{% endif %}"
)


def _others_at_risk() -> str:
    """Whether other children may be at risk."""
    words = "Other children at risk: {{ form.other_children_at_risk.text | lower }}."
    return kit.para(kit.run(words) + source("form.other_children_at_risk.source"), style="Cell")


def _review_dates() -> str:
    """The days of the rapid review that can be worked out."""
    return (
        tag("{%p if duty.rapid_review == 'no' %}")
        + plain("None: the rules of the time knew no rapid review")
        + tag("{%p elif duty.rapid_review == 'cannot_tell' %}")
        + plain("Not settled: it follows if there is a duty to notify the Panel")
        + tag("{%p else %}")
        + each(
            "one in steps",
            "{{ one.title }}: {{ one.due }}{% if one.done %} (done on {{ one.done }}){% endif %}",
            "It follows. Its days cannot be worked out until the day the Panel is notified is known.",
        )
        + tag("{%p endif %}")
    )


def _other_areas() -> str:
    """The other authorities as the settings or the form name them."""
    return (
        tag("{%p for one in cross_border.names %}")
        + kit.para(kit.run("{{ one.text }}") + source("one.source"), style="Cell")
        + tag("{%p endfor %}")
        + tag("{%p for one in paper.to if one.address or one.email or not cross_border.names %}")
        + plain(
            "{{ one.name }}{% if one.address %}, {{ one.address }}{% endif %}{% if one.email %}, {{ one.email }}{% endif %}"
        )
        + tag("{%p endfor %}")
        + tag("{%p if cross_border.names | length > 1 %}")
        + kit.para(kit.run("Send each authority a copy of its own, with only what concerns it."), style="Quiet")
        + tag("{%p endif %}")
        + tag("{%p if not cross_border.names and not paper.to %}")
        + plain("The other local authority: not named on the form")
        + tag("{%p endif %}")
    )


def _links() -> str:
    return (
        each("one in cross_border.why", "{{ one.says }}", "The form names your authority.")
        + tag("{%p for child in children if child.placing_la.stated %}")
        + kit.para(
            kit.run("{{ child.initials }} was placed by {{ child.placing_la.text }}")
            + source("child.placing_la.source"),
            style="Cell",
        )
        + tag("{%p endfor %}")
    )


def _care() -> str:
    """What the form says of each child's being looked after or a care leaver."""
    words = (
        "{{ child.initials }}: {% if child.looked_after.text == 'Yes' %}looked after{% if child.placing_la.stated %} by "
        "{{ child.placing_la.text }}{% endif %}{% if child.placement_type.stated %}, {{ child.placement_type.text | lower }}"
        "{% endif %}{% elif child.care_leaver.text == 'Yes' %}care leaver{% else %}not settled on the form{% endif %}"
    )
    return tag("{%p for child in children %}") + kit.para(kit.run(words), style="Cell") + tag("{%p endfor %}")
