"""Messy cases 16 to 18: a form of 2010, the form of another county, and a form that is another one altogether."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from makers import a_working_folder, the_rules
from messy.words import INCIDENT, Taken, drop, heading, pairs, take_all, taken
from reading.word_maker import docx, paragraph, row, run, table

STRUCK = "<w:strike/>"


def form_of_2010(part_2: str) -> Taken:
    """A referral for a serious case review whose section numbers jump and repeat."""
    people = ("Name", "Relationship to child", "DOB", "Address", "Legal status", "Ethnic origin")
    content = docx(
        paragraph("CONSIDERATION OF CASE FOR SERIOUS CASE REVIEW - REFERRAL FORM", style="Title"),
        paragraph("SCRRF.v1/2010 Document dated 04/01/2010 Review due 04/01/2011"),
        heading("1. Referrer"), pairs({"Name": "Priya Nand", "Contact Details": "01632 960142"}),
        heading("2. Child and Family"),
        pairs({
            "Name of child": "Jordan Ashby", "Date of birth": "3/2/2009", "Date of death (if applicable)": "",
            "Date of critical incident": "12/03/2010", "Home address": "12 Foundry Terrace",
            "Ethnic origin": "White British",
        }),
        table(
            row("Is/was subject to Child Protection Plan", paragraph(run("YES", STRUCK), "/NO")),
            row("Whereabouts at time of critical incident", "Family home"),
            row("Carer at time of critical incident", "Mother"),
        ),
        heading("3. Family composition/Significant others"),
        table(row(*people, "Is/was subject to CP Plan?", header=True),
              row("Dana Ashby", "Mother", "1/1/1985", "9 Mill Lane", "", "White British", "")),
        heading("4. Other agencies involved"),
        table(row("Name", "Agency", "Contact details", "Are they still involved?", header=True),
              row("A. Khan", "Health visiting", "01632 960143", "Yes")),
        heading("5. Circumstances that triggered the referral"), paragraph("The child was found unresponsive."),
        heading("7. Chronology of key dates"),
        table(row("Date (and time where appropriate)", "Event", header=True),
              row("01/02/2010", "School raised a concern"), row("12/03/2010 14:30", "Ambulance called")),
        paragraph("5. Date of Referral: ____15/03/2010____"), paragraph("6. Signed: ____P Nand____"),
        heading("PART 2 - for completion by the Chair"), part_2, paragraph("The injury was accidental."),
    )  # fmt: skip
    return taken(content, today=date(2010, 3, 20))


SENTENCE = "I have considered this case and a serious case review is "


def test_16_a_form_of_2010_is_read_by_its_words_and_not_by_its_numbers() -> None:
    form = form_of_2010(paragraph(SENTENCE, run("[recommended]", STRUCK), " [not recommended] for these reasons:"))
    assert form.form.kind == "notification"
    assert form.values("incident_date", "date_completed", "child_1_dob") == ["2010-03-12", "2010-03-15", "2009-02-03"]
    assert form.values("incident_place", "child_1_carer_at_incident", "child_1_cp_plan") == [
        "Family home", "Mother", "never",
    ]  # fmt: skip
    assert form.values("child_2_surname", "family_1_name", "family_1_relationship") == [
        "(blank)", "Dana Ashby", "Mother",
    ]  # fmt: skip
    assert form.values("agency_1_name", "agency_1_still_involved") == ["Health visiting", "yes"]
    assert form.values("event_1_date", "event_2_date", "event_2_time") == ["2010-02-01", "2010-03-12", "14:30"]


def test_16_no_date_of_the_document_itself_is_taken_for_one_of_the_case() -> None:
    form = form_of_2010(paragraph(SENTENCE, "[recommended] [not recommended] for these reasons:"))
    assert not [a.field for a in form.form.answers.values() if str(a.value).startswith(("2010-01-04", "2011"))]


def test_16_a_recommendation_with_one_bracket_struck_out_is_put_to_a_person() -> None:
    struck = form_of_2010(paragraph(SENTENCE, run("[recommended]", STRUCK), " [not recommended] for these reasons:"))
    open_still = form_of_2010(paragraph(SENTENCE, "[recommended] [not recommended] for these reasons:"))
    assert any("recommendation in brackets" in said for said in struck.says)
    assert not any("recommendation in brackets" in said for said in open_still.says)
    assert struck.value("nature") == open_still.value("nature") == "(blank)"


def another_county(**more: str) -> Taken:
    def header_row(*cells: str) -> str:
        return table(row("NAME", "AGENCY & DESIGNATION/TITLE", "CONTACT DETAILS", header=True), row(*cells))

    contact = ("4 Civic Way, Holmford", "01632 960142", "priya.nand@holmshire.example")
    content = docx(
        paragraph("Referral Form of Serious Incidents for Consideration by SSCB SCR Group", style="Title"),
        paragraph("Name of child: Jordan Ashby"),
        heading("Referrer"),
        header_row("Priya Nand", "Holmshire County Council, Team manager", "".join(map(paragraph, contact))),
        heading("Designated safeguarding lead with whom you have discussed the case"),
        header_row("Ola Berg", "Holmshire County Council, Head of service", "01632 960144"),
        pairs({"Date of referral to the business support team": "16 March 2026"}),
        heading("SECTION 1"),
        pairs({
            "Name of Child": "Jordan Ashby", "Date of Birth": "3 February 2019", "Ethnic Origin": "White British",
            "Home address": "4 Mill Lane, Holmford, Holmshire", "School": "Holmford Primary, Holmshire",
        }),
        heading("SECTION 2 The incident"),
        pairs({**INCIDENT, "Did the incident happen in this local authority's area?": "No",
               "Other local authority concerned": "Holmshire County Council",
                **more}),
    )  # fmt: skip
    return taken(content)


def test_17_the_form_of_another_county_is_read_and_not_sent_back() -> None:
    form = another_county()
    assert form.values("notifier_name", "notifier_role", "notifier_organisation") == [
        "Priya Nand", "Team manager", "Holmshire County Council",
    ]  # fmt: skip
    assert form.values("notifier_phone", "notifier_email") == ["01632 960142", "priya.nand@holmshire.example"]
    assert form.values("lead_name", "lead_role") == ["Ola Berg", "Head of service"]
    assert form.values("child_1_forename", "child_1_school") == ["Jordan", "Holmford Primary, Holmshire"]
    assert not form.submission.blockers


def test_17_an_incident_in_another_county_is_flagged_as_perhaps_not_ours() -> None:
    day = date(2026, 3, 20)
    for form, flag in ((another_county(), "other_area"), (another_county(Country="England"), "not_ours")):
        decision = decide(Case("SIN-2026-001", (form.submission,), (day,)), the_rules(), day)
        assert flag in {each.key for each in decision.flags}


SAFER = (
    "This is (your name): Priya Nand",
    "I am a (job title): health visitor",
    "from (organisation): Fenwold NHS Trust",
    "I am calling about a male / female child called: Jordan Ashby",
    "Date of birth: 3 February 2019",
    "The child does/does not have a disability",
    "I am worried because: he had a bruise on Monday",
)


def test_18_a_referral_in_safer_sentences_is_no_notification_and_warns_that_nobody_acts_on_it_here() -> None:
    for title in ("SAFER referral to children's social care", ""):
        form = taken(docx(paragraph(title, style="Title"), *(paragraph(each) for each in SAFER)))
        assert form.form.kind == "not-a-form"
        assert "at once" in form.form.says


def test_18_a_wrong_form_goes_back_with_the_reason_and_opens_no_case(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    path = drop(folder, "SAFER Jordan A.docx", docx(*(paragraph(each) for each in SAFER)))
    assert take_all(folder).count("returned") == 1
    assert not path.exists()
    (place,) = (folder.outbox / "returned").iterdir()
    assert (place / "form as received.docx").exists()
    assert not (folder.outbox / "cases").exists()
