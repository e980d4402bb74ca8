"""The letters while a review goes on: of new information, of delay, before publication."""

from __future__ import annotations

from template_design.design import fact, pair, plain
from template_design.letter import FROM_PARTNERS, Letter, children, each, open_row, processes, when

_PANEL = "Child Safeguarding Practice Review Panel"
_UNPUBLISHED = "publication.improvements_only"
_ONLY_UNPUBLISHED = f"{_UNPUBLISHED} and not changed.delayed and not review.overdue"
_BEFORE = (
    "{% if decision.form.national_view.text == 'Yes' %}It may be complex or of national importance{% elif "
    "decision.form.national_view.text == 'No' %}Not complex or of national importance{% else %}None is recorded"
    "{% endif %}"
)


def new_information() -> bytes:
    """That a national review is suggested after all, or that a child has died since: to the Panel."""
    return Letter(
        title="Notice of new information",
        subject="{{ ref }}: new information since the notification",
        sender="{% if changed.national_suggested %}"
        + FROM_PARTNERS
        + "{% else %}{{ partnership }}, for {{ local_authority }}{% endif %}",
        to=_PANEL,
        unsent=(
            (
                "not changed.national_suggested and not changed.became_death",
                "No form tells of new information that suggests a national review, or of a death.",
            ),
        ),
        what="{% if changed.became_death %}a child whose serious harm we notified has died. The first notification "
        "stands as it was sent; this adds to it. {% endif %}{% if changed.national_suggested %}The safeguarding partners "
        "now think that a national review may be appropriate, because of what has come to light.{% endif %}"
        "{% if not changed.became_death and not changed.national_suggested %}what has come to light since the "
        "notification.{% endif %}",
        asks="{% if changed.national_suggested %}decide whether to commission a national review, and tell us.{% else %}"
        "add this to the notification.{% endif %}",
        rows=(
            pair("Child", children()),
            when(
                "changed.became_death",
                pair("Date of death", plain("{{ changed.death_on }}")),
                pair("Death known to us", plain("{{ changed.death_known_on }}")),
                pair("Panel told of it", plain("{{ changed.death_notified }}")),
            ),
            when(
                "changed.national_suggested",
                pair("What is new", plain("{{ changed.national_why or 'Not stated on the form' }}")),
                pair("Our view before", plain(_BEFORE)),
                pair("Our view now", plain("A national review may be appropriate. The Panel decides.")),
            ),
            pair("Decision so far", plain("{{ decision.in_words }}.")),
            pair("Other processes", processes()),
        ),
        attached=(
            "{%p if changed.became_death %}",
            "The first notification, as it was sent",
            "{%p else %}",
            "What is new, where it is a paper of its own",
            "{%p endif %}",
        ),
    ).drawn()


def delay() -> bytes:
    """That a local review is late, or that its report will not be published: reasons, and the day it will be done."""
    return Letter(
        title="Notice of delay",
        heading="{% if "
        + _ONLY_UNPUBLISHED
        + " %}Notice that a report will not be published{% else %}Notice of delay{% endif %}",
        subject="{{ ref }}: {% if "
        + _UNPUBLISHED
        + " %}a local review that will not be published{% else %}a local review is delayed{% endif %}",
        sender=FROM_PARTNERS,
        to=f"{_PANEL}; Secretary of State for Education",
        unsent=(
            (
                "not paper.is_due and not changed.delayed",
                "No form says that the review is delayed, and it is not overdue.",
            ),
            (
                "not changed.delay_reasons and not publication.why_not",
                "No reasons are recorded yet. Drop a case update that gives them, or write them in below.",
            ),
        ),
        what="{% if " + _ONLY_UNPUBLISHED + " %}the report of the local review will not be published; the improvements "
        "it found will be.{% else %}the local review takes longer than planned.{% if "
        + _UNPUBLISHED
        + " %} Its report "
        "will not be published; the improvements it found will be.{% endif %}{% endif %}",
        asks="take note of the reasons, or tell us that you see it otherwise.",
        by="{{ paper.by or 'This is to be sent before the six months are over.' }}",
        basis="Working Together, chapter 5: delay is told with its reasons (to be confirmed)",
        rows=(
            pair("Review decided", plain("{{ decision.on if decision.taken else 'Not recorded yet' }}")),
            pair("Was due by", plain("{{ review.due }}")),
            when(
                f"not ({_ONLY_UNPUBLISHED})",
                pair("Reasons for the delay", plain("{{ changed.delay_reasons or 'Not stated on the form' }}")),
                pair("New day", plain("{{ changed.delay_until or 'Not stated on the form' }}")),
            ),
            when(
                _UNPUBLISHED,
                pair("Why not published", plain("{{ publication.why_not or 'Not stated on the form' }}")),
            ),
            pair("Learning acted on", each("one in review.acted_on", "–  {{ one }}", "None is recorded yet")),
            when("review.delay_told", pair("Told already", plain("{{ review.delay_told }}"))),
        ),
        attached=("Nothing",),
    ).drawn()


def before_publication() -> bytes:
    """The report, to the Panel, the Secretary of State and Ofsted, before it is published."""
    return Letter(
        title="Notice before publication",
        subject="{{ ref }}: {% if "
        + _UNPUBLISHED
        + " %}improvements found by a local review{% else %}report of a local review{% endif %}",
        sender=FROM_PARTNERS,
        to=f"{_PANEL}; Secretary of State for Education; Ofsted",
        unsent=(("not paper.is_due", "No day is planned for the publication of a local review."),),
        what="{% if " + _UNPUBLISHED + " %}the improvements that the local review found. The report itself is not "
        "published.{% else %}the full report of the local review, before it is published.{% endif %}",
        asks="{% if publication.published != 'Not stated on the form' %}take note.{% else %}keep it to yourselves until it "
        "is published.{% endif %}",
        rows=(
            pair("To be published", plain("{{ publication.planned }}")),
            pair(
                "Published",
                plain(
                    "{% if publication.published != 'Not stated on the form' %}{{ publication.published }}{% else %}Not yet{% endif %}"
                ),
            ),
            pair("What is published", plain("{{ publication.choice }}")),
            when(
                _UNPUBLISHED,
                pair("Why not the report", plain("{{ publication.why_not or 'Not stated on the form' }}")),
            ),
            pair("Review completed", plain("{{ review.completed or 'Not stated on the form' }}")),
            pair(
                "Reviewer",
                plain(
                    "{{ reviewer.name }}{% if reviewer.named and reviewer.organisation != 'Not stated on the form' %}, {{ reviewer.organisation }}{% endif %}"
                ),
            ),
            fact("Family told", "form.family_aware"),
            pair("Other processes", processes()),
            open_row(
                "Checked before sending",
                "Nobody can be recognised from it; family, police, courts and coroner are content. By whom, and when:",
            ),
        ),
        attached=(
            "{%p if " + _UNPUBLISHED + " %}",
            "The improvements found",
            "{%p else %}",
            "The report of the local review",
            "{%p endif %}",
        ),
    ).drawn()
