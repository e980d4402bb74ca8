"""The rapid review report."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import (
    bullets,
    fact,
    facts,
    heading,
    lead,
    listed,
    listing,
    pair,
    panel,
    paper,
    picture,
    plain,
    small,
    small_plain,
    source,
    status_cell,
    tag,
)
from template_design.report_parts import (
    actions,
    annex_explained,
    decision_by_hand,
    decision_record,
    full_chronology,
    known_locally,
    panel_response,
    partners_views,
    periods,
    sign_off,
    tellers,
    told,
    told_or_by_hand,
)


def report() -> bytes:
    """The rapid review report, drafted from the form."""
    body = heading("Rapid review report", 1)
    body += panel(
        lead(
            "What this is",
            "{% if paper.draft %}a draft of {% endif %}the rapid review of {{ ref }}, drawn from the notification{% if returns %}, {{ returns | length }} agency {% if returns | length == 1 %}return{% else %}returns{% endif %}{% endif %}{% if decision.recorded %} and the record of the partners' decision{% endif %}. Everything taken from a form carries a tag such as [Notification, 2.4] that names its question.",
        ),
        lead(
            "What it asks of you",
            "check every statement against the forms{% if not decision.taken %}, and complete what is left open for the safeguarding partners; drop the agencies' returns and the decision record in the inbox, and this report is drawn again with them{% endif %}. formflow recommends nothing and decides nothing.",
        ),
        lead("By when", "{{ next_deadline or 'No date can be worked out yet' }}.", after=None),
    )
    body += heading("1  Front sheet")
    body += facts(
        "Front sheet",
        pair("Case reference", plain("{{ ref }}, version {{ form_version }} of the notification")),
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
        pair("Review group met", plain("{{ done.rapid_review_meeting or 'Not recorded yet' }}")),
        pair("Report sent to the Panel", plain("{{ done.rapid_review or 'Not recorded yet' }}")),
        pair("Decision", plain("{{ decision.in_words }}")),
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
        "A rapid review gathers the facts as far as they can be readily established, asks what must be done at once for children's safety, considers what could be improved, and lets the safeguarding partners decide what to do next, including whether to hold a local child safeguarding practice review. {% if returns %}It rests on the notification and on what the agencies returned.{% else %}It rests on the notification; no agency return has come yet.{% endif %}"
    )
    body += (
        tag("{%p if aims %}")
        + kit.text("Its aims, as the guidance sets them:")
        + bullets("aim in aims", "{{ aim }}")
        + tag("{%p endif %}")
    )
    body += facts(
        "Method",
        pair("Agencies asked", plain("{{ done.agencies_asked or 'Not recorded yet' }}")),
        pair("Returns due", plain("{{ done.returns_due or 'Not recorded yet' }}")),
        pair(
            "Returned",
            plain(
                "{{ returns | length }}{% if returns %}: {{ returns | map(attribute='agency') | join(', ') }}{% endif %}"
            ),
        ),
        pair("Period covered", periods()),
    )
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
    body += told_or_by_hand("Who the child was: voice and daily life", "analysis_child")
    body += told_or_by_hand("Identity, inequality and racism: what they meant for the child", "analysis_identity")
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
    family, drawn = picture("genogram", "The family is drawn here")
    body += drawn
    body += heading("6  Agencies involved")
    body += listed(
        "Agencies",
        "agencies",
        "agency",
        (
            ("Agency", 23, small("agency.name")),
            ("Role", 16, small("agency.role")),
            ("From, to", 17, small("agency.from", "agency.to")),
            ("Still involved", 13, small("agency.still_involved")),
            ("Knows", 13, small("agency.knows_who")),
            ("Return", 18, small_plain("{{ agency.returned }}")),
        ),
    )
    body += facts("No agency", fact("No agency involved", "form.no_agency_involvement"))
    body += heading("7  Key events")
    chronology, drawn = picture("timeline", "The timeline is drawn here")
    body += drawn
    body += (
        tag("{%p if pictures.timeline %}")
        + kit.para(kit.run("The numbers are those of the full chronology in annex A."), style="Quiet", after=4)
        + tag("{%p endif %}")
    )
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
    body += told("Key practice episodes, as the agencies see them", "analysis_episodes")
    body += heading("8  Immediate safeguarding")
    body += facts(
        "Immediate safeguarding",
        fact("Action taken", "form.immediate_action"),
        fact("Others at risk", "form.other_children_at_risk", "form.other_children_at_risk_detail"),
        fact("Strategy discussion", "form.strategy_discussion", "form.strategy_discussion_date"),
    )
    body += told("What the agencies did at once", "immediate_action")
    body += heading("9  Good practice") + tellers("learning.good_practice")
    body += heading("10  Analysis")
    body += kit.text(
        "Each finding is what the forms and the register support. It is advice for the people who decide, never a verdict."
    )
    for letter, title, group in (
        ("A", "The definition and the duty to notify", "definition"),
        ("B", "Criteria that must be taken into account", "criteria"),
        ("C", "Circumstances to have regard to", "circumstances"),
    ):
        body += heading(f"{letter}  {title}", 3) + findings(group)
    body += partners_views()
    body += heading("D  What is already known locally", 3) + known_locally()
    body += heading("E  Complex or of national importance", 3) + findings("national")
    body += facts(
        "National importance",
        fact("The sender's view", "form.national_importance", "form.national_importance_evidence"),
    )
    body += heading("11  Learning")
    body += tellers("learning.learning")
    body += told("Learning already shared", "learning_shared")
    body += heading("12  Decision of the safeguarding partners")
    body += tag("{%p if decision.recorded %}") + decision_record() + tag("{%p endif %}")
    body += panel_response()
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
    body += tag("{%p if not decision.recorded %}") + decision_by_hand() + tag("{%p endif %}")
    body += heading("13  Actions") + actions()
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
    body += heading("15  Sign-off") + sign_off()
    body += heading("Annex A  Full chronology") + full_chronology()
    body += heading("Annex B  Agency returns") + listed(
        "Agency returns",
        "returns",
        "one",
        (
            ("Agency", 40, small_plain("{{ one.agency }}")),
            ("Received", 30, small_plain("{{ one.received }}")),
            ("What it holds", 30, small_plain("{{ one.holds }}")),
        ),
        nothing="None received yet.",
    )
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
    body += annex_explained()
    return paper(
        body, "Rapid review report", foot="Rapid review report, version {{ version }}", drawings=(family, chronology)
    )


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
