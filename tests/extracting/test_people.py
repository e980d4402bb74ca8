"""People as forms name them: with their post behind the name, a yes after it, or their names in two boxes."""

from __future__ import annotations

from extracting.test_families import bold, form_of, values
from reading.word_maker import paragraph, row, table

TITLE = "Fenwold Safeguarding Children Partnership: serious incident notification"
INCIDENT = table(
    row("Date of incident", "12/03/2026"), row("Is abuse or neglect known or suspected?", "Known"),
    row("Place of incident", "At home"), row("What happened", "He was hurt at home by somebody he knew."),
    row("Date local authority became aware", "13/03/2026"), row("Time of incident", "16:30"),
    row("Immediate action taken", "He is with his aunt."),
)  # fmt: skip


def read(*rows: tuple[str, ...], heading: str = "About you") -> dict[str, object]:
    asked = table(*(row(*each) for each in rows))
    return values(form_of(bold(TITLE), bold(heading), asked, bold("Incident"), INCIDENT))


def test_a_post_behind_the_name_is_no_part_of_the_name() -> None:
    told = read(("Name of referrer", "Sandra Mbeki, Housing Options Manager"))
    assert (told["notifier_name"], told["notifier_role"]) == ("Sandra Mbeki", "Housing Options Manager")


def test_a_yes_behind_the_lead_s_name_is_the_lead_s_agreement() -> None:
    told = read(("Name of referrer", "Jo Webb"), ("Designated safeguarding lead", "Fiona Mackay – yes"))
    assert (told["lead_name"], told["lead_agreed"]) == ("Fiona Mackay", "yes")


def test_what_stands_behind_a_name_and_is_no_post_is_left_where_it_is() -> None:
    told = read(("Name of referrer", "Jo Webb, who rang on Friday"))
    assert told["notifier_name"] == "Jo Webb, who rang on Friday"
    assert "notifier_role" not in told


def test_a_post_that_is_asked_for_itself_is_not_taken_from_behind_the_name() -> None:
    told = read(("Name of referrer", "Sandra Mbeki, Housing Manager"), ("Role of referrer", "Head of Housing"))
    assert told["notifier_role"] == "Head of Housing"


def test_first_and_last_name_of_the_notifier_are_not_the_child_s() -> None:
    form = form_of(
        bold(TITLE), bold("Your details"),
        table(row("First name", "Jonah"), row("Last name", "Appleby"), row("Job title", "Midwife")),
        bold("The child"),
        table(row("Child’s first name", "Mina"), row("Child’s last name", "Solomon"), row("Born on", "02/07/2025")),
        bold("Incident"), INCIDENT,
    )  # fmt: skip
    told = values(form)
    assert (told["child_1_forename"], told["child_1_surname"]) == ("Mina", "Solomon")
    assert told["child_1_dob"] == "2025-07-02"
    assert told["notifier_name"] == "Jonah Appleby"


def test_a_question_that_lists_what_it_wants_of_a_person_is_answered_in_that_order() -> None:
    told = read(
        ("Who are you (name, role, agency, phone)?",
         "Marta Zielinska, Designated Safeguarding Lead, Priors Road School, 01632 960671"),
    )  # fmt: skip
    assert told["notifier_name"] == "Marta Zielinska"
    assert told["notifier_role"] == "Designated Safeguarding Lead"
    assert told["notifier_organisation"] == "Priors Road School"
    assert told["notifier_phone"] == "01632 960671"


def test_the_name_of_the_force_is_taken_where_the_agency_is_only_said_to_be_police() -> None:
    told = read(("Name of referrer", "Jo Webb"), ("Agency", "Police"), ("Force / team", "Dunmarsh and Levels Police"))
    assert told["notifier_organisation"] == "Dunmarsh and Levels Police"
    assert told["notifier_agency"] == "police"


def test_a_birth_a_century_ago_is_asked_about() -> None:
    form = form_of(
        bold(TITLE), bold("The child"),
        table(row("Child’s name", "Poppy Lister"), row("Date of birth", "09/10/1911")), bold("Incident"), INCIDENT,
    )  # fmt: skip
    assert form.answers["child_1_dob"].state == "conflict"
    assert "114 years" in form.answers["child_1_dob"].because


def test_a_care_leaver_of_twenty_four_is_no_mistake() -> None:
    form = form_of(
        bold(TITLE), bold("The child"),
        table(row("Child’s name", "Poppy Lister"), row("Date of birth", "09/10/2001")), bold("Incident"), INCIDENT,
    )  # fmt: skip
    assert form.answers["child_1_dob"].value == "2001-10-09"


def test_an_address_that_does_not_apply_is_none() -> None:
    form = form_of(
        bold(TITLE), bold("The child"),
        table(row("Child’s name", "Poppy Lister"), row("Current address if different", "Not applicable – at home")),
        bold("Incident"), INCIDENT,
    )  # fmt: skip
    assert form.answers["child_1_address_now"].state == "not_applicable"


def test_a_remark_after_the_language_is_no_language() -> None:
    form = form_of(
        bold(TITLE), bold("The child"),
        table(row("Child’s name", "Poppy Lister"), row("First language", "Urdu and English. Grandmother needs help")),
        bold("Incident"), INCIDENT, paragraph(""),
    )  # fmt: skip
    assert form.answers["child_1_language"].value == "Urdu and English"


def test_the_dates_of_an_agency_are_its_first_and_its_last() -> None:
    form = form_of(
        bold(TITLE), bold("The child"), table(row("Child’s name", "Poppy Lister")), bold("Incident"), INCIDENT,
        bold("Agencies involved"),
        table(row("Agency", "Worker", "Dates from – to"), row("Probation", "Nat Ruddle", "11/2024 – 02/2026"),
              row("Health visiting", "Jo Webb", "Sept 2025 –")),
    )  # fmt: skip
    told = values(form)
    assert (told["agency_1_from"], told["agency_1_to"]) == ("2024-11", "2026-02")
    assert told["agency_2_from"] == "2025-09"
    assert "agency_2_to" not in told


def test_a_baby_without_a_name_has_no_forename() -> None:
    form = form_of(
        bold(TITLE), bold("The child"),
        table(row("Child’s forename", "Baby (unnamed)"), row("Child’s surname", "Solomon")), bold("Incident"), INCIDENT,
    )  # fmt: skip
    assert form.answers["child_1_forename"].state == "blank"
    assert form.answers["child_1_surname"].value == "Solomon"


def test_what_is_said_of_the_lead_is_told_apart_in_whatever_order() -> None:
    for said in (
        "Yes, Jo Webb (Named Nurse)",
        "Jo Webb, Named Nurse. Yes, he agrees.",
        "Agreed by Jo Webb, Named Nurse",
    ):
        told = read(("Name of referrer", "Ann Roe"), ("Have you discussed this with your safeguarding lead?", said))
        assert (told["lead_name"], told["lead_role"], told["lead_agreed"]) == ("Jo Webb", "Named Nurse", "yes"), said


def test_rows_that_are_numbered_in_their_labels_are_rows() -> None:
    form = form_of(
        bold(TITLE), bold("The child"), table(row("Child’s name", "Poppy Lister")), bold("Incident"), INCIDENT,
        bold("Family and household"),
        paragraph("Person 1: name"), paragraph("Ada Lister"), paragraph("Person 1: relationship"), paragraph("Mother"),
        paragraph("Person 2: name"), paragraph("Ben Lister"), paragraph("Person 2: relationship"), paragraph("Father"),
    )  # fmt: skip
    told = values(form)
    assert (told["family_1_name"], told["family_1_relationship"]) == ("Ada Lister", "Mother")
    assert (told["family_2_name"], told["family_2_relationship"]) == ("Ben Lister", "Father")


def test_agencies_in_tables_of_their_own_are_counted() -> None:
    form = form_of(
        bold(TITLE), bold("The child"), table(row("Child’s name", "Poppy Lister")), bold("Incident"), INCIDENT,
        bold("Agencies"), table(row("Agency: Oxmoor Maternity", "Worker: Joy Abara")), paragraph(""),
        table(row("Agency: Oxmoor High", "Worker: Will Hythe")),
    )  # fmt: skip
    told = values(form)
    assert (told["agency_1_name"], told["agency_1_professional"]) == ("Oxmoor Maternity", "Joy Abara")
    assert (told["agency_2_name"], told["agency_2_professional"]) == ("Oxmoor High", "Will Hythe")


def test_what_points_at_somebody_else_is_no_address() -> None:
    form = form_of(
        bold(TITLE), bold("The child"), table(row("Child’s name", "Poppy Lister")), bold("Incident"), INCIDENT,
        bold("Family and household"),
        table(row("Name", "Relationship to child", "DOB", "Address if different"),
              row("Ada Lister", "Mother", "01/02/1990", "as child"), row("Ben Lister", "Father", "1988", "Yes"),
              row("Cleo Lister", "Sister", "4", "As Poppy")),
    )  # fmt: skip
    told = values(form)
    assert told["family_1_name"] == "Ada Lister"
    assert not [field for field in told if field.endswith("_address_if_different")]
