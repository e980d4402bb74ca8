"""What stands beside an answer, or at the wrong question: a date after a yes, a kind of abuse under "Category"."""

from __future__ import annotations

from extracting.test_families import bold, form_of, values
from formflow.extracting.form import Form
from reading.word_maker import paragraph, row, table

TITLE = "Fenwold Safeguarding Children Partnership: serious incident notification"


def form(*rows: tuple[str, str], heading: str = "The incident") -> Form:
    return form_of(
        bold(TITLE), bold("The incident"),
        table(
            row("Date of incident", "12/03/2026"), row("Place of incident", "At home"),
            row("Date local authority became aware", "13/03/2026"), row("Time of incident", "16:30"),
            row("Immediate action taken", "He is with his aunt."), row("Is the harm life threatening?", "No"),
        ),
        bold(heading), table(*(row(*each) for each in rows)),
    )  # fmt: skip


def test_the_date_and_reference_after_a_yes_are_taken() -> None:
    told = values(
        form(("Has the national Panel been notified?", "Yes 11/03/2026, CSPR-2603-0241"), heading="Declaration")
    )
    assert told["national_notification_made"] == "yes"
    assert (told["national_date"], told["national_ref"]) == ("2026-03-11", "CSPR-2603-0241")


def test_what_a_child_s_disability_is_may_stand_after_the_yes() -> None:
    told = values(form(("Does the child have a disability?", "Yes, ADHD (medicated)"), heading="The child"))
    assert (told["child_1_disability"], told["child_1_disability_detail"]) == ("yes", "ADHD (medicated)")


def test_what_stands_behind_the_last_box_is_told_of_the_answer() -> None:
    told = values(
        form(("Does the child have a disability?", "☒ Yes  ☐ No   Specify: Type 1 diabetes"), heading="The child")
    )
    assert (told["child_1_disability"], told["child_1_disability_detail"]) == ("yes", "Type 1 diabetes")


def test_words_at_a_second_question_of_yes_or_no_are_its_details() -> None:
    told = values(form(
        ("Do they have a disability?", "Yes"), ("What is the disability?", "Autism and ADHD"), heading="The child",
    ))  # fmt: skip
    assert (told["child_1_disability"], told["child_1_disability_detail"]) == ("yes", "Autism and ADHD")


def test_a_kind_of_abuse_under_category_is_no_kind_of_incident() -> None:
    told = values(form(("Type", "Serious harm"), ("Category", "Neglect")))
    assert (told["nature"], told["abuse_type"]) == (("seriously_harmed",), ("neglect",))


def test_boxes_tell_what_a_half_question_asks() -> None:
    told = values(form(("The young person has", "☐ died   ☒ suffered serious harm")))
    assert told["nature"] == ("seriously_harmed",)
    assert "child_1_surname" not in told


def test_more_about_the_harm_does_not_hide_that_it_was_serious() -> None:
    assert values(form(("Nature of the incident", "Serious harm – head injury")))["nature"] == ("seriously_harmed",)
    both = form(("Nature of the incident", "Serious harm to the baby, and his mother died")).answers["nature"]
    assert both.state != "answered"


def test_a_bare_yes_does_not_say_whether_a_child_died() -> None:
    assert form(("Has the child died or been seriously harmed?", "Yes")).answers["nature"].state == "blank"


def test_a_short_choice_is_not_the_story() -> None:
    told = values(form(("What has happened?", "A child has been seriously harmed"), ("Circumstances", "He fell down.")))
    assert (told["nature"], told["incident_summary"]) == (("seriously_harmed",), "He fell down.")


def test_none_ticked_beside_a_plan_in_the_past_is_never() -> None:
    told = values(form(("Child protection plan", "☐ Current  ☐ Previous  ☒ None"), heading="The child"))
    assert told["child_1_cp_plan"] == "never"


def test_a_remark_in_brackets_does_not_hide_a_plan() -> None:
    told = values(form(("Is the child on a plan?", "Yes, since 20.01.26, neglect (drug use)"), heading="The child"))
    assert (told["child_1_cp_plan"], told["child_1_cp_category"]) == ("now", "neglect")
    ended = form(("Is the child on a plan?", "Yes, neglect (ended in May)"), heading="The child").answers
    assert ended["child_1_cp_plan"].value != "now"


def test_what_cannot_be_said_yet_is_not_known() -> None:
    answers = form(
        ("Are lasting effects expected?", "Too early to say"), ("Is a child suspected of it?", "D/K")
    ).answers
    assert answers["harm_long_term"].state == "not_known"
    assert answers["child_suspected_perpetrator"].state == "not_known"


def test_who_leads_may_stand_after_the_yes() -> None:
    told = values(form(("Police investigation", "Yes – DCI Anna Lowe"), heading="Other processes"))
    assert (told["process_police"], told["process_police_lead"]) == ("yes", "DCI Anna Lowe")


def test_a_time_beside_the_date_is_the_time_of_the_event() -> None:
    told = values(form_of(
        bold(TITLE), bold("The incident"),
        table(row("When did it happen?", "approx. 11pm on 12/04/26"), row("Place of incident", "At home"),
              row("Date local authority became aware", "13/03/2026"), row("Is the harm life threatening?", "No"),
              row("Is abuse or neglect known or suspected?", "Known"), row("Immediate action taken", "With his aunt.")),
        bold("Child"), table(row("Child’s name", "Poppy Lister"), row("Sex", "Female")),
    ))  # fmt: skip
    assert (told["incident_date"], told["incident_time"]) == ("2026-04-12", "23:00")


def test_one_list_to_tick_answers_several_questions() -> None:
    answers = form(
        ("Tick all that apply", "☒ Looked after child  ☐ Care leaver  ☒ Early help"), heading="The child"
    ).answers
    assert answers["child_1_looked_after"].value == "yes"
    assert answers["child_1_early_help"].value == "yes"
    assert answers["child_1_care_leaver"].state == "blank"


def test_of_several_children_the_outcome_of_each_says_what_happened() -> None:
    told = values(form_of(
        bold(TITLE), bold("The incident"),
        table(row("Date of incident", "12/03/2026"), row("Place of incident", "At home"),
              row("Date of death", "12/03/2026"), row("Date local authority became aware", "13/03/2026"),
              row("Immediate action taken", "With an aunt.")),
        bold("The children"),
        table(row("Surname", "Forename", "Date of birth", "Outcome"), row("Ferris", "Ada", "01/02/2020", "Died"),
              row("Ferris", "Ben", "03/04/2018", "Seriously harmed")),
    ))  # fmt: skip
    assert told["nature"] == ("died", "seriously_harmed")


def test_a_death_among_several_children_does_not_say_what_became_of_the_others() -> None:
    answers = form_of(
        bold(TITLE), bold("The incident"),
        table(row("Date of incident", "12/03/2026"), row("Place of incident", "At home"),
              row("Date of death", "12/03/2026"), row("Date local authority became aware", "13/03/2026"),
              row("Immediate action taken", "With an aunt.")),
        bold("The children"),
        table(row("Surname", "Forename", "Date of birth"), row("Ferris", "Ada", "01/02/2020"),
              row("Ferris", "Ben", "03/04/2018")),
    ).answers  # fmt: skip
    assert answers["nature"].state == "blank"
    assert "another" in answers["nature"].because


def test_what_a_heading_tells_of_a_child_has_the_place_of_the_heading() -> None:
    answers = form_of(
        bold(TITLE), bold("The incident"),
        table(row("Date of incident", "12/03/2026"), row("Place of incident", "At home"),
              row("Date local authority became aware", "13/03/2026"), row("Immediate action taken", "With an aunt."),
              row("Is abuse or neglect known or suspected?", "Known")),
        bold("Child 1 (subject of the notification)"), table(row("Surname", "Ferris"), row("Forename", "Ada")),
    ).answers  # fmt: skip
    assert answers["child_1_role"].value == "subject"
    assert answers["child_1_role"].place.startswith("paragraph")


def test_a_number_to_ring_is_asked_for() -> None:
    told = values(form(("Number to ring you on", "01632 960733"), heading="About you"))
    assert told["notifier_phone"] == "01632 960733"


def test_a_number_before_the_next_label_is_the_answer_before_it() -> None:
    told = values(form_of(
        bold(TITLE), bold("About you"), table(row("Tel: 01632 960145  Email: g.pugh@vale.example", "Post: Officer")),
        bold("The incident"),
        table(row("Date of incident", "12/03/2026"), row("Place of incident", "At home"),
              row("Date local authority became aware", "13/03/2026"), row("Immediate action taken", "With an aunt."),
              row("Is abuse or neglect known or suspected?", "Known"), row("Is the harm life threatening?", "No")),
    ))  # fmt: skip
    assert (told["notifier_phone"], told["notifier_email"]) == ("01632 960145", "g.pugh@vale.example")


def test_a_reference_may_follow_a_single_letter() -> None:
    told = values(form(("Police investigation", "Y OX/5510/25"), heading="Other processes"))
    assert (told["process_police"], told["process_police_ref"]) == ("yes", "OX/5510/25")


def test_a_day_for_a_yes_is_the_day_and_no_yes() -> None:
    told = values(form(("Strategy discussion held", "27/11/2025"), heading="Keeping children safe"))
    assert told["strategy_discussion_date"] == "2025-11-27"
    assert "strategy_discussion" not in told


def test_a_date_with_a_word_before_it_is_no_reference() -> None:
    told = values(form(("Care proceedings", "Yes – issued 01/12/2025"), heading="Other processes"))
    assert told["process_care_proceedings_date"] == "2025-12-01"
    assert "process_care_proceedings_ref" not in told


def test_a_person_where_a_reference_or_a_lead_is_asked_is_no_reference() -> None:
    told = values(form(
        ("Police investigation", "Yes"), ("Police reference", "DCI Anna Lowe"), heading="Other processes",
    ))  # fmt: skip
    assert told["process_police_lead"] == "DCI Anna Lowe"
    assert "process_police_ref" not in told


def test_a_postcode_alone_is_no_address() -> None:
    told = values(form(
        ("Home postcode", "lm2 9qq"), ("Home address", "5 Beck Row, Lowmoor"), heading="The child",
    ))  # fmt: skip
    assert (told["child_1_postcode"], told["child_1_home_address"]) == ("LM2 9QQ", "5 Beck Row, Lowmoor")


def test_lines_that_each_ask_something_are_no_story() -> None:
    answers = form_of(
        bold(TITLE), bold("The incident"),
        table(row("What happened", "Date: 27 Feb 2026\nPlace: stairwell of the flats"),
              row("Account", "She was pushed."),
              row("Date local authority became aware", "13/03/2026"), row("Immediate action taken", "With an aunt."),
              row("Is abuse or neglect known or suspected?", "Known"), row("Is the harm life threatening?", "No")),
    ).answers  # fmt: skip
    assert answers["incident_date"].value == "2026-02-27"
    assert answers["incident_place"].value == "stairwell of the flats"
    assert answers["incident_summary"].value == "She was pushed."


def test_two_kinds_of_abuse_with_a_comma_between_are_two() -> None:
    told = values(form(("Type of abuse", "Sexual, exploitation")))
    assert told["abuse_type"] == ("sexual", "exploitation")


def test_where_a_child_lives_is_its_address() -> None:
    told = values(form(("Lives at", "12 Cross Row, Fairholt, FX4 2LN"), heading="The child"))
    assert (told["child_1_home_address"], told["child_1_postcode"]) == ("12 Cross Row, Fairholt, FX4 2LN", "FX4 2LN")


def test_a_label_in_capitals_with_its_answer_begins_no_part() -> None:
    told = values(form_of(
        bold(TITLE), bold("About you"), paragraph("REFERRER: Colin Dray"), paragraph("DATE OF REFERRAL: 06/06/2026"),
        bold("The incident"),
        table(row("Date of incident", "12/03/2026"), row("Place of incident", "At home"),
              row("Date local authority became aware", "13/03/2026"), row("Immediate action taken", "With an aunt."),
              row("Is abuse or neglect known or suspected?", "Known"), row("Is the harm life threatening?", "No")),
    ))  # fmt: skip
    assert told["date_completed"] == "2026-06-06"


def test_the_day_of_a_log_number_is_no_day_of_the_investigation() -> None:
    told = values(form(("Police investigation", "Y – log 455 of 8/5/26"), heading="Other processes"))
    assert told["process_police"] == "yes"
    assert "process_police_date" not in told


def test_the_words_of_the_last_box_are_no_details() -> None:
    told = values(form(("Media interest", "☒ No   ☐ Yes   ☐ Actual"), heading="Family and media"))
    assert "media_interest_detail" not in told
