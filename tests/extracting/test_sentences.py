"""Forms made of sentences: alternatives struck out inside them, words written on a line within them."""

from __future__ import annotations

from extracting.test_families import bold, form_of, values
from formflow.extracting.form import Form
from reading.word_maker import paragraph, run

TITLE = "Fenwold Safeguarding Children Partnership: serious incident notification"
STRUCK, LINE = "<w:strike/>", '<w:u w:val="single"/>'


def said(*words: str) -> str:
    """A sentence; ~words~ are struck out, _words_ are written on a line."""
    looks = {"~": STRUCK, "_": LINE}
    return paragraph(*(run(each.strip(each[0]), looks[each[0]]) if each[0] in looks else run(each) for each in words))


def form(*body: str) -> Form:
    return form_of(
        bold(TITLE), bold("The incident"),
        paragraph("Date of incident: 12/03/2026"), paragraph("Place of incident: At home"),
        paragraph("Date local authority became aware: 13/03/2026"), paragraph("Time of incident: 16:30"),
        paragraph("Immediate action taken: He is with his aunt."), *body,
    )  # fmt: skip


def test_what_is_left_of_two_opposites_in_a_sentence_is_yes_or_no() -> None:
    told = values(form(
        bold("The child"),
        said("The child ", "~does~", " / does not have a disability."),
        said("The child is / ", "~is not~", " looked after by a local authority."),
        said("A strategy discussion has / ", "~has not~", " been held, on ", "_ 14 March 2026 _", "."),
        said("There ", "~is~", " / is not media interest."),
    ))  # fmt: skip
    assert told["child_1_disability"] == "no"
    assert told["child_1_looked_after"] == "yes"
    assert (told["strategy_discussion"], told["strategy_discussion_date"]) == ("yes", "2026-03-14")
    assert told["media_interest"] == "no"


def test_opposites_of_which_none_is_struck_out_say_nothing() -> None:
    answers = form(bold("The child"), said("The child does / does not have a ", "_serious_", " disability.")).answers
    assert "child_1_disability" not in answers or answers["child_1_disability"].state == "blank"


def test_what_is_left_of_several_words_in_a_sentence_is_chosen() -> None:
    told = values(form(
        said("The child has ", "~died~", " / been seriously harmed."),
        said("Abuse or neglect is ", "~known~", " / suspected / ", "~not suspected~", "."),
        bold("The child"),
        said("I am telling you about a ", "~male~", " / female child called: Poppy Lister"),
    ))  # fmt: skip
    assert told["nature"] == ("seriously_harmed",)
    assert told["abuse_neglect"] == "suspected"
    assert told["child_1_sex"] == "female"
    assert (told["child_1_forename"], told["child_1_surname"]) == ("Poppy", "Lister")


def test_words_on_a_line_answer_the_words_before_them() -> None:
    told = values(form(
        said("This is (your name) ", "_ Chidinma Eze _", " and I am a (job title) ",
             "_ Named Midwife _", " from (organisation) ", "_ Wealdshire Hospitals NHS Trust _", "."),
        said("I am notifying you about a child called (forename) ", "_ Imogen _", " (surname) ",
             "_ Treece _", " born on ", "_ 29/08/2025 _", "."),
        said("The child’s ethnic group is ", "_ White and Asian _", " and the first language is ", "_ English _", "."),
        said("The mother is ", "_ Abigail Treece _", " (born ", "_ 14/10/2004 _", ")."),
    ))  # fmt: skip
    assert (told["notifier_name"], told["notifier_role"]) == ("Chidinma Eze", "Named Midwife")
    assert told["notifier_organisation"] == "Wealdshire Hospitals NHS Trust"
    assert (told["child_1_forename"], told["child_1_surname"], told["child_1_dob"]) == (
        "Imogen",
        "Treece",
        "2025-08-29",
    )
    assert (told["child_1_ethnicity"], told["child_1_language"]) == ("mixed_white_asian", "English")
    assert (told["family_1_name"], told["family_1_relationship"]) == ("Abigail Treece", "Mother")


def test_a_date_before_the_next_hint_in_brackets_ends_there() -> None:
    told = values(form_of(
        bold(TITLE), bold("What happened"),
        paragraph("It happened on (date): Sunday 8 March 2026 at (time): about 1630hrs"),
        paragraph("Place of incident: At home"), paragraph("Date local authority became aware: 13/03/2026"),
        paragraph("Immediate action taken: None yet, she is in hospital"), paragraph("Is abuse suspected?: Yes"),
        paragraph("Date of death: not applicable"), paragraph("What happened, in a few lines:"),
        paragraph("She fell from the bridge after a row."), bold("BACKGROUND"), paragraph("Nothing else is known."),
    ))  # fmt: skip
    assert (told["incident_date"], told["incident_time"]) == ("2026-03-08", "16:30")
    assert told["incident_summary"] == "She fell from the bridge after a row."


def test_a_box_belongs_to_the_words_in_its_own_line() -> None:
    answers = form(
        paragraph("I think this case may show (tick any):\n☒ improvements that are needed\n☐ recurrent themes")
    ).answers
    assert answers["crit_improvements"].value == "yes"
    assert answers["crit_recurrent_themes"].state == "blank"
