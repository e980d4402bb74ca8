"""The letter that appoints a reviewer."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import by_hand, facts, heading, lead, lines, pair, panel, paper, plain, statements, tag


def appointment() -> bytes:
    """The letter of appointment to the reviewer."""
    body = heading("Appointment as reviewer", 1)
    body += panel(
        tag("{%p if appointment.decided %}"),
        lead(
            "What this is",
            "the safeguarding partners ({{ partnership }}) ask you to lead the {{ appointment.review }} of case {{ ref }}.",
        ),
        lead("What we ask of you", "read the terms below, and sign and return this letter if you accept them."),
        tag("{%p else %}"),
        lead(
            "Do not send this yet",
            "a reviewer is named in case {{ ref }}, but no decision of the partners to hold a review is recorded.",
        ),
        tag("{%p endif %}"),
        lead("To be completed by", "{{ appointment.target }}.", after=0),
    )
    body += facts(
        "The appointment",
        pair("To", plain("{{ appointment.who }}")),
        pair("From", plain("The safeguarding partners, {{ partnership }}, who commission the review")),
        pair("Our reference", plain("{{ ref }}")),
        pair("Decided on", plain("{{ appointment.decided_on }}")),
        pair("Start", plain("{{ appointment.start }}")),
        pair("Target date", plain("{{ appointment.target }}")),
        pair("Contact", plain("{{ contact }}")),
    )
    body += kit.text("Dear {{ reviewer.name }}")
    body += heading("Scope and method")
    body += (
        tag("{%p if appointment.scope.stated %}")
        + statements("", "appointment.scope")
        + tag("{%p else %}")
        + kit.text("The scope and the method are not recorded yet. They are to be agreed with you before you begin.")
        + tag("{%p endif %}")
    )
    body += kit.text(
        "The review looks for what can be learnt, so that services for children improve. It blames nobody, and it does not inquire into how a child died or who is to be held to account: the courts, the coroner and employers do that. It must reflect the child's view and, where possible, the family's; practitioners take part fully, without fear of being blamed for what they did in good faith. The report is written so that it can be published."
    )
    body += heading("Independence, and the reviewer test")
    body += kit.text(
        "The partners must be satisfied of each point below before you begin. What is not established yet is for you to show and for them to record."
    )
    body += facts(
        "The reviewer test",
        pair(
            "Established",
            lines("one in appointment.established", "{{ one }}")
            + tag("{%p if not appointment.established %}")
            + plain("Nothing is recorded as established yet")
            + tag("{%p endif %}"),
        ),
        pair(
            "Not established yet",
            lines("one in appointment.not_established", "{{ one }}")
            + tag("{%p if not appointment.not_established %}")
            + plain("Nothing: every point is recorded as established")
            + tag("{%p endif %}"),
        ),
        pair(
            "Interests declared",
            tag("{%p if appointment.interests.stated %}")
            + statements("Cell", "appointment.interests")
            + tag("{%p else %}")
            + plain("None recorded. Please declare any link with the agencies or the family, or that there is none.")
            + tag("{%p endif %}"),
        ),
    )
    body += heading("Who commissions and oversees the review")
    body += kit.text(
        "The safeguarding partners commission the review: {{ local_authority }}, the {{ terms.health_partner or 'health partner' }} and the chief officer of police. They look at its progress and quality at regular intervals and may ask you for information or a draft. If the date cannot be met, tell {{ contact }} at once and say why: the partners must explain a delay."
    )
    body += kit.text(
        "The Panel, Ofsted and the Department for Education are told of the review and of your name. Please tell the partners at once if anything comes to light that suggests a national review, or that a child is not safe."
    )
    body += heading("Confidentiality")
    body += kit.text(
        "What you are given is {{ marking }}. Keep it apart from other work, share it only with people whom the partners have agreed, send it only by secure e-mail, and use the reference {{ ref }} in place of names. When the review is finished, return it or destroy it as the partners ask. Nothing is published, and nothing is said to the media, except by the partners."
    )
    body += heading("Signatures")
    body += kit.text("Please sign with your name and the date; for the partners also the post.")
    body += by_hand("For the partners", "The reviewer")
    return paper(body, "Appointment of the reviewer", foot="Appointment of the reviewer, version {{ version }}")
