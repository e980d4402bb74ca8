"""The notice of an incident."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import (
    SOURCE,
    fact,
    facts,
    heading,
    listing,
    pair,
    panel,
    paper,
    plain,
    small_plain,
    source,
    status_cell,
    tag,
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
