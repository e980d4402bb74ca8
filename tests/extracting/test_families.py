"""The families of forms that layouts are shipped for, built in words from what is known; people are invented."""

from __future__ import annotations

from functools import lru_cache

from formflow import shipped
from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.extracting.knowledge import Knowledge
from formflow.reading.read import read
from makers import TODAY
from reading.word_maker import docx, paragraph, row, run, table

BOLD = "<w:b/>"


@lru_cache(maxsize=1)
def the_knowledge() -> Knowledge:
    return Knowledge.parse(shipped.text, shipped.layouts())


def form_of(*body: str) -> Form:
    return extract(read(docx(*body), "form.docx"), the_knowledge(), TODAY)


def bold(text: str) -> str:
    return paragraph(run(text, BOLD))


def solihull(code: str = "SCRRF.v1/2010") -> Form:
    return form_of(
        bold("Consideration of Case for Serious Case Review - Referral Form"),
        paragraph(code),
        bold("2 Child and Family"),
        table(
            row("Name of child", "Noor Carey"), row("Date of birth", "04/07/2009"),
            row("Date of death (if applicable)", "02/03/2011"), row("Date of critical incident", "01/03/2011"),
            row("Home address", "3 Quay Steps, Anytown"), row("Ethnic origin", "White British"),
            row("Is/was subject to Child Protection Plan", "NO"),
            row("Whereabouts at time of critical incident", "At home"),
            row("Carer at time of critical incident", "Mother"),
        ),
        bold("3 Family composition/Significant Others"),
        table(
            row("Name", "Relationship to child", "DOB", "Address", "Legal status", "Ethnic origin"),
            row("Aoife Carey", "Mother", "01/02/1985", "As above", "", "White British"),
        ),
        bold("4 Other agencies involved"),
        table(
            row("Name", "Agency", "Contact details", "Are they still involved?"),
            row("Jo Webb", "Health visiting", "01632 960100", "Yes"),
        ),
        bold("5 Circumstances that triggered the referral"),
        paragraph("Noor was found unresponsive."),
        bold("7 Chronology of key dates"),
        table(row("Date (and time where appropriate)", "Event"), row("05/01/2011 14:30", "Seen at hospital")),
        paragraph("5. Date of Referral: 03/03/2011"),
    )  # fmt: skip


def values(form: Form) -> dict[str, object]:
    return {field: answer.value for field, answer in form.answers.items() if answer.state == "answered"}


def test_the_form_of_2010_whose_numbers_jump_and_repeat_is_read_by_its_words() -> None:
    form = solihull()
    assert (form.layout, form.layout_certainty) == ("solihull-scrrf-2010", "recognised")
    read_ = values(form)
    for field, value in (("child_1_forename", "Noor"), ("child_1_dob", "2009-07-04"), ("date_of_death", "2011-03-02"),
                         ("incident_date", "2011-03-01"), ("incident_place", "At home"),
                         ("child_1_carer_at_incident", "Mother"), ("family_1_name", "Aoife Carey"),
                         ("agency_1_professional", "Jo Webb"), ("agency_1_name", "Health visiting"),
                         ("agency_1_still_involved", "yes"), ("event_1_date", "2011-01-05"), ("event_1_time", "14:30"),
                         ("date_completed", "2011-03-03")):  # fmt: skip
        assert read_[field] == value, field
    assert form.answers["incident_date"].confidence == 0.95


def test_that_form_under_another_code_is_another_edition() -> None:
    form = solihull("SCRRF.v3/2014")
    assert (form.layout, form.layout_certainty) == ("solihull-scrrf-2010", "related")


def test_two_labels_a_row_of_the_old_national_form_are_told_apart() -> None:
    form = form_of(
        bold("Notification of serious childcare incident"),
        bold("1 Notifier details"),
        table(row("Local authority", "Anytown", "Name", "Asha Byrne"),
              row("Role", "Manager", "Telephone number", "01632 960100"),
              row("Date notified (dd/mm/yyyy)", "03/03/2011", "Linked cases", "None")),
        bold("2 Reason for notification"),
        table(row("Death of a looked-after child", "☐"), row("Serious harm to a child", "☒")),
        bold("3 Child details"),
        table(row("Child's last name(s)", "Carey", "Child's forename(s)", "Noor"),
              row("Other names used", "Nonie", "Child's date of birth (dd/mm/yyyy)", "04/07/2009"),
              row("Age (if no DOB known)", "", "Gender", "Female")),
    )  # fmt: skip
    assert (form.layout, form.layout_certainty) == ("ofsted-serious-childcare-incident", "recognised")
    read_ = values(form)
    for field, value in (("child_1_surname", "Carey"), ("child_1_forename", "Noor"), ("child_1_aka", "Nonie"),
                         ("child_1_dob", "2009-07-04"), ("notifier_name", "Asha Byrne"), ("notifier_role", "Manager"),
                         ("date_completed", "2011-03-03")):  # fmt: skip
        assert read_[field] == value, field
    assert "child_1_local_id" not in read_


def test_a_footnote_that_sticks_to_a_heading_changes_nothing() -> None:
    form = form_of(
        paragraph("RESTRICTED (MKSCB use) Ref No: MK/12"),
        bold("Serious case review referral form"), bold("REFERRER1"),
        table(row("NAME", "AGENCY & DESIGNATION/TITLE", "CONTACT DETAILS"),
              row("Asha Byrne", "Anytown Police, Inspector", "01632 960100 asha.byrne@anytown.example")),
        bold("1.1 BRIEF INFORMATION"),
        table(row("Name of Child", "Noor Carey"), row("Date of Birth", "04/07/2009"),
              row("Home address", "3 Quay Steps"),
              row("Date of critical incident", "01/03/2011"), row("Place of incident", "At home"),
              row("Date of death", "02/03/2011")),
        paragraph("Signed: A Byrne"),
    )  # fmt: skip
    assert form.layout == "milton-keynes-mkscb"
    assert values(form)["notifier_name"] == "Asha Byrne"
    assert values(form)["child_1_surname"] == "Carey"


def test_the_office_box_of_a_cover_gives_no_date_of_the_case() -> None:
    form = form_of(
        bold("MSCB Serious Case Review Referral Form"), paragraph("CONFIDENTIAL WHEN COMPLETED"), paragraph("May 2017"),
        table(row("Date referral received", "02/06/2017"), row("Date referral sent to Chair of SCRSG", "03/06/2017"),
              row("Deadline for agencies to submit information", "16/06/2017"), row("Date of decision", "30/06/2017")),
        bold("Section 1 Referral"),
        table(row("Name of child", "Noor Carey"), row("Date of birth", "04/07/2009"),
              row("Date of death", "30/05/2017"),
              row("Date of incident", "29/05/2017"), row("Location of incident", "At home"),
              row("What happened?", "Noor was found unresponsive at home."), row("Ethnicity", "White British"),
              row("Name of referrer", "Asha Byrne")),
    )  # fmt: skip
    assert (form.layout, form.layout_certainty) == ("manchester-mscb-2017", "recognised")
    read_ = values(form)
    assert read_["date_received"] == "2017-06-02"
    assert not {"2017-06-03", "2017-06-16", "2017-06-30"} & set(map(str, read_.values()))
