"""The letter that asks the agencies for what they know."""

from __future__ import annotations

from formflow.rendering import word_kit as kit
from template_design.design import by_hand, facts, heading, lead, listed, pair, panel, paper, plain, small_plain, tag

_QUESTIONS = (
    "What your agency knew of the child and family, and what it did, with dates and the record each comes from.",
    "What it was like to be this child: whether the child was seen, heard and understood.",
    "Whether ethnicity, faith, disability, sex, poverty or racism shaped what happened, or what was done.",
    "The moments at which things might have gone differently; what worked, what did not, and why.",
    "How your agency and others worked together, and whether the same was found before.",
    "Good practice and learning that others should hear of.",
    "What you have done at once to keep this child and others safe, and what you will do, by whom and by when.",
)


def agency_request() -> bytes:
    """The letter to the safeguarding leads of the agencies."""
    body = heading("Request for information for a rapid review", 1)
    body += panel(
        lead(
            "What this is",
            "{{ partnership }} is holding a rapid review of a serious incident, case {{ ref }}. We need to know what your agency knew and did.",
        ),
        lead(
            "What we ask of you",
            "secure your files now, search for the people named below, and send your return form back. A nil return is a return: tell us if you hold nothing.",
        ),
        lead(
            "By when",
            "{% if not request.by %}the day for returns is not set yet; please ask {{ contact }}.{% elif request.late %}returns were due on {{ request.by }}. Please send yours today, or tell us today when it will come.{% else %}{{ request.by }}. The review has 15 working days in all, so please tell us at once if you cannot meet this day.{% endif %}",
            after=0,
        ),
    )
    body += facts(
        "The request",
        pair("To", plain("The safeguarding leads of the agencies listed at the end")),
        pair("From", plain("{{ partnership }}")),
        pair("Our reference", plain("{{ ref }}")),
        pair("What happened", plain("{{ duty.title }}")),
        pair("Date of the incident", plain("{{ form.incident_date.text }}")),
    )
    body += kit.para(kit.run("Dear colleague"))
    body += heading("Secure your files now")
    body += kit.text(
        "Please make sure today that nobody can change, move or destroy your records of the people below, on paper or on a computer. Restrict who can open them, and write down when that was done: the return form asks for the day."
    )
    body += heading("Whom to search for")
    body += kit.text(
        "Search under every name, other spellings and the dates of birth. Addresses are left out on purpose. If you know more members of the household, search for them too and tell us."
    )
    named = (
        small_plain("{{ one.name }}")
        + tag("{%p if one.also %}")
        + kit.para(kit.run("Also known as {{ one.also }}"), style="Quiet")
        + tag("{%p endif %}")
    )
    body += listed(
        "Whom to search for",
        "request.people",
        "one",
        (
            ("Name", 40, named),
            ("Date of birth or age", 30, small_plain("{{ one.born }}")),
            ("Who they are", 30, small_plain("{{ one.who }}")),
        ),
    )
    body += heading("Which time to look at")
    body += kit.text(
        "{% if request.period %}Please look at {{ request.period }}: {% if request.from_pregnancy %}from the beginning of the pregnancy with the youngest child{% else %}the 2 years up to that day{% endif %}. The review group may change this period. If you hold something earlier that matters, tell us and put it in your return.{% else %}The period is not agreed yet. Please secure everything you hold, and ask {{ contact }} which time to look at.{% endif %}"
    )
    body += heading("What we ask")
    for question in _QUESTIONS:
        body += kit.para(kit.run(f"–  {question}"), after=3)
    body += kit.text(
        "Keep fact and opinion apart, and say what your records show. The return form has a place for each of these."
    )
    body += heading("How to send it back")
    body += kit.text(
        "Use the return form that came with this letter: it carries our reference, so it finds its case. Fill it in as a Word file, save it, and drop it in the partnership's inbox folder if you can reach it; if not, send it by secure e-mail to {{ contact }}. Do not send it by ordinary e-mail, and put no name of a child in the subject or the name of the file."
    )
    body += kit.text(
        "Even if you hold nothing, send the form: tick section 3, say what was searched, and return it. Silence leaves us not knowing whether anybody looked."
    )
    body += heading("Please keep this to those who need it")
    body += kit.text(
        "{% if request.restricted %}The notification restricts who may be told of this case. Please ask {{ contact }} before you show this letter to anybody else. {% endif %}Do not speak with the family or the media about this request unless we have agreed it with you."
    )
    body += heading("Whose form is which")
    body += kit.text(
        "The names of the files hold no agency's name, so that nothing can be read from them. For the business unit: send each agency its own form, and {{ request.other_form }} to any other."
    )
    body += listed(
        "Whose form is which",
        "request.agencies",
        "one",
        (
            ("Agency", 60, small_plain("{{ one.name }}")),
            ("Its return form begins with", 40, small_plain("{{ one.form }}")),
        ),
        nothing="The notification names no agency.",
    )
    body += kit.text("Questions: {{ contact }}.")
    body += by_hand("Signed", "Date of this request")
    return paper(body, "Request to the agencies", foot="Request to the agencies, version {{ version }}")
