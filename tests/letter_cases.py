"""Cases of different shape from which letters are drawn; everybody in them is invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from letter_drawing import AREA_WITH_ADDRESSES, LetterCase

NOT_KNOWN = {"state": "not_known"}
LONG = (
    "The agencies each held a part of the picture, and nobody put the parts together until it was too late for them. "
)

PARTNERS = {
    "local_authority": ("Alma Reyes", "Director of children's services"),
    "icb": ("Tom Wither", "Chief nurse"),
    "police": ("Hana Brevik", "Detective superintendent"),
}


def decided(**more: object) -> dict[str, object]:
    """A decision record to hold a local review, agreed by all three, with some answers changed."""
    record: dict[str, object] = {
        "rapid_review_completed_date": "2026-04-01",
        "definition_met": "yes",
        "recommendation": "local_review",
        "recommendation_date": "2026-04-01",
        "outcome": ("local_review",),
        "decision_date": "2026-04-02",
        "reasons_for": "Two services saw the same bruises and neither knew of the other.",
        "reasons_against": "Much was learnt already.",
        "national_view": "no",
        "national_reasons": "Nothing in it goes beyond the area.",
        "view_improvements": "yes",
        "view_improvements_reason": "Bruising in babies was not followed up.",
        "view_recurrent_themes": "may",
        "view_recurrent_themes_reason": "An earlier review found the same.",
        "view_agencies_together": "yes",
        "view_agencies_together_reason": "Hospital and health visitor did not speak to each other.",
        "view_single_agency": "no",
        "view_single_agency_reason": "No single agency stands out.",
        "recorded_by": "Ines Calder",
        "date_completed": "2026-04-02",
    }
    for partner, (name, role) in PARTNERS.items():
        record |= {f"partner_{partner}_{part}": value for part, value in
                   (("name", name), ("role", role), ("date", "2026-04-02"), ("view", "agree"))}  # fmt: skip
    return record | more


DECIDED = date(2026, 4, 2)
NOTIFIED: dict[str, object] = {
    "national_notification_made": "yes",
    "national_date": "2026-03-16",
    "national_ref": "NAT-40233",
}
CROSS_BORDER = NOTIFIED | {
    "notifier_name": "Hana Brevik",
    "notifier_role": "Detective inspector",
    "notifier_agency": "police",
    "notifier_organisation": "Tarrowdale Police",
    "other_la": "Pellingshire County Council",
    "circ_cross_border": "yes",
    "abuse_neglect": "known",
    "process_police": "yes",
    "process_care_proceedings": "yes",
    "process_restricted": "yes",
    "who_must_not_be_told": "The mother's partner must not learn where the child is placed.",
    "media_interest": "yes",
    "family_aware": "yes",
}
SCHOOL = NOTIFIED | {
    "notifier_name": "Priya Nand",
    "notifier_role": "Designated safeguarding lead",
    "notifier_agency": "school_college",
    "notifier_organisation": "Larch Primary School",
}
DIED: dict[str, object] = {"nature": ("died",), "date_of_death": "2026-03-12"}
LOOKED_AFTER = DIED | {
    "abuse_neglect": "no",
    "child_1_looked_after": "yes",
    "child_1_placing_la": "Holmfleet Council",
    "child_1_placement_type": "foster_care",
}
CARE_LEAVER = DIED | {
    "abuse_neglect": "no",
    "child_1_dob": "2005-09-09",
    "child_1_care_leaver": "yes",
    "incident_date": "2026-03-12",
}
WORDS_OF_A_REVIEW = {"recorded_by": "Ines Calder", "date_completed": "2026-04-10"}
REVIEWER = {
    "reviewer_name": "Dr Nell Okafor",
    "reviewer_organisation": "Independent",
    "reviewer_appointed_date": "2026-04-09",
}


def update(day: date, **answers: object) -> tuple[date, str, dict[str, object]]:
    """A case update of a day."""
    return day, "cup", WORDS_OF_A_REVIEW | answers


def record(**more: object) -> tuple[date, str, dict[str, object]]:
    """A decision record of the day of the decision."""
    return DECIDED, "drr", decided(**more)


_FULL: dict[str, object] = {
    **CROSS_BORDER,
    "nature": ("died", "seriously_harmed"),
    "date_of_death": "2026-03-12",
    "incident_summary": LONG * 60,
    "immediate_action": LONG * 40,
    "incident_place": "The family's flat above the bakery on the corner of Mere Street and the Old Wharf, Northmere",
    "other_children_at_risk": "yes",
    "other_children_at_risk_detail": LONG * 20,
    "who_must_not_be_told": LONG * 3,
    "process_inquest": "yes",
    "process_child_death_review": "yes",
    "national_importance": "yes",
    **{f"child_{n}_forename": f"Robin{'abcdef'[n - 1]}" for n in range(1, 7)},
    **{f"child_{n}_surname": "Ashby-Quill" for n in range(1, 7)},
    **{f"child_{n}_dob": f"201{n}-02-03" for n in range(1, 7)},
    **{f"child_{n}_looked_after": "yes" for n in range(1, 7)},
    **{f"child_{n}_placing_la": f"Borough of Fen{n}" for n in range(1, 7)},
}
_FULL_RECORD = record(
    outcome=("national_referral", "local_review", "single_agency_learning_review"),
    reasons_for=LONG * 40,
    reasons_against=LONG * 40,
    national_view="yes",
    national_reasons=LONG * 20,
    instead=LONG * 10,
    review_scope=LONG * 20,
    learning=LONG * 10,
    review_target_date="2026-09-30",
    rapid_review_sent_date="2026-04-02",
    partners_told_date="2026-03-18",
    partner_police_view="dissent",
    partner_police_reason=LONG * 4,
    decision_told_panel_date="2026-04-02",
    referrer_told_date="2026-04-03",
    family_told_date="2026-04-03",
    **{f"view_{one}": "yes" for one in ("panel", "no_involvement", "cross_border", "institutional")},
    **{f"view_{one}_reason": LONG * 8 for one in ("panel", "no_involvement", "cross_border", "institutional")},
    **REVIEWER,
)

CASES: Mapping[str, LetterCase] = {
    "nothing answered": LetterCase({}, empty=True),
    "harm suspected": LetterCase({}),
    "told already": LetterCase(
        NOTIFIED, (update(date(2026, 3, 23), partners_told_date="2026-03-17"),), settings=AREA_WITH_ADDRESSES
    ),
    "not settled where": LetterCase({"incident_in_area": NOT_KNOWN, "other_la": "Holmfleet Council"}),
    "no duty": LetterCase({"abuse_neglect": "no"}),
    "late and awareness unknown": LetterCase(
        {"la_aware_date": {"state": "answered", "value": "2026-03", "precision": "month"}}
    ),
    "before 2018": LetterCase(
        {"incident_date": "2016-05-02", "la_aware_date": "2016-05-03", "child_1_dob": "2012-02-03"}, on=date(2016, 5, 6)
    ),
    "another area's incident": LetterCase(
        {"incident_in_area": "no", "outside_england_resident": "no", "other_la": "Holmfleet Council"}
    ),
    "outside England": LetterCase({"incident_in_area": "no", "outside_england_resident": "yes", "country": "Scotland"}),
    "looked-after death": LetterCase(LOOKED_AFTER),
    "looked-after death, told": LetterCase(
        LOOKED_AFTER | {"national_notification_made": "yes", "national_date": "2026-03-16"}
    ),
    "looked-after death, abuse not known": LetterCase(LOOKED_AFTER | {"abuse_neglect": NOT_KNOWN}),
    "care leaver": LetterCase(CARE_LEAVER),
    "two children": LetterCase(
        NOTIFIED
        | {
            "nature": ("died", "seriously_harmed"),
            "date_of_death": "2026-03-12",
            "child_2_forename": "Alex",
            "child_2_surname": "Ashby",
            "process_inquest": "yes",
        }
    ),
    "cross-border": LetterCase(CROSS_BORDER),
    "local review, reviewer named": LetterCase(
        NOTIFIED,
        (
            record(
                review_scope="How bruising in babies is followed up.",
                review_target_date="2026-09-30",
                rapid_review_sent_date="2026-04-02",
                **REVIEWER,
            ),
        ),
    ),
    "local review, no reviewer yet": LetterCase(SCHOOL, (record(reviewer_not_yet="yes"),)),
    "national and local, with dissent": LetterCase(
        CROSS_BORDER,
        (
            record(
                outcome=("national_referral", "local_review"),
                national_view="yes",
                national_reasons="The same happens elsewhere.",
                partner_police_view="dissent",
                partner_police_reason="The criminal case should end first.",
            ),
        ),
    ),
    "no further review": LetterCase(
        SCHOOL,
        (
            record(
                outcome=("no_further_review",),
                view_improvements="no",
                view_improvements_reason="They are made already.",
                view_agencies_together="no",
                view_agencies_together_reason="They worked well together.",
                instead="The audit of bruising in babies goes on.",
                referrer_told_date="2026-04-03",
            ),
        ),
    ),
    "learning review, views missing": LetterCase(
        NOTIFIED | {"notifier_agency": "hospital_trust"},
        (
            (
                DECIDED,
                "drr",
                {
                    "outcome": ("multi_agency_learning_review",),
                    "decision_date": "2026-04-02",
                    "recorded_by": "Ines Calder",
                    "date_completed": "2026-04-02",
                },
            ),
        ),
    ),
    "decision without a day": LetterCase(
        SCHOOL, ((DECIDED, "drr", {k: v for k, v in decided().items() if k != "decision_date"}),)
    ),
    "withdrawn": LetterCase(
        SCHOOL,
        (
            record(
                outcome=("not_notifiable",),
                definition_met="no",
                definition_reasons="The injury was an accident.",
                reasons_for="The hospital's second opinion explains the injury.",
            ),
        ),
    ),
    "withdrawn, and a learning review": LetterCase(
        NOTIFIED,
        (
            record(
                outcome=("not_notifiable", "single_agency_learning_review"),
                definition_met="no",
                partner_icb_view="dissent",
                partner_icb_reason="The harm was serious.",
            ),
        ),
    ),
    "withdrawn, little said": LetterCase(
        NOTIFIED,
        (
            (
                DECIDED,
                "drr",
                {
                    "outcome": ("not_notifiable",),
                    "decision_date": "2026-04-02",
                    "recorded_by": "Ines Calder",
                    "date_completed": "2026-04-02",
                },
            ),
        ),
    ),
    "national review suggested": LetterCase(
        NOTIFIED,
        (
            record(),
            update(
                date(2026, 6, 2),
                national_now_suggested="yes",
                national_new_information="Two other areas found the same fault in the same product.",
            ),
        ),
    ),
    "harm became death": LetterCase(
        NOTIFIED,
        (
            update(
                date(2026, 3, 27),
                became_death="yes",
                death_child="1",
                date_of_death="2026-03-25",
                death_aware_date="2026-03-26",
            ),
        ),
    ),
    "death and national review": LetterCase(
        NOTIFIED,
        (
            record(),
            update(
                date(2026, 5, 27),
                became_death="yes",
                death_child="1",
                date_of_death="2026-05-25",
                death_aware_date="2026-05-26",
                notified_again_date="2026-05-27",
                national_now_suggested="yes",
                national_new_information="The product was recalled.",
                national_told_panel_date="2026-05-27",
            ),
        ),
    ),
    "review overdue": LetterCase(NOTIFIED, (record(**REVIEWER),), on=date(2026, 10, 20)),
    "review delayed": LetterCase(
        NOTIFIED,
        (
            record(
                learning="Bruises in babies go to the duty doctor the same day.",
                action_1_text="Write a protocol",
                action_1_owner="Named nurse",
                action_1_due="2026-05-01",
                action_1_measure="Audit",
            ),
            update(
                date(2026, 8, 3),
                delayed="yes",
                delay_reason="The criminal trial was moved.",
                review_target_date="2026-12-15",
                action_1_ref="D2.1",
                action_1_status="complete",
                action_1_closed="2026-05-01",
                action_1_evidence="In use",
            ),
        ),
    ),
    "only improvements published": LetterCase(
        NOTIFIED,
        (
            record(**REVIEWER),
            update(
                date(2026, 9, 1),
                review_completed_date="2026-08-20",
                publication_choice="improvements_only",
                publication_planned_date="2026-09-21",
                not_published_reason="The child's brother could be recognised.",
            ),
        ),
    ),
    "report to be published": LetterCase(
        NOTIFIED,
        (
            record(**REVIEWER),
            update(
                date(2026, 9, 1),
                review_completed_date="2026-08-20",
                publication_choice="publish",
                publication_planned_date="2026-09-21",
            ),
        ),
    ),
    "report sent and published": LetterCase(
        NOTIFIED,
        (
            record(**REVIEWER),
            update(
                date(2026, 10, 1),
                review_completed_date="2026-08-20",
                publication_choice="publish",
                publication_planned_date="2026-09-21",
                sent_before_publication_date="2026-09-04",
                published_date="2026-09-21",
            ),
        ),
    ),
    "full length": LetterCase(
        _FULL,
        (
            _FULL_RECORD,
            update(
                date(2026, 9, 1),
                became_death="yes",
                death_child="2",
                date_of_death="2026-05-25",
                death_aware_date="2026-05-26",
                notified_again_date="2026-05-27",
                national_now_suggested="yes",
                national_new_information=LONG * 10,
                delayed="yes",
                delay_reason=LONG * 10,
                review_target_date="2026-12-15",
                publication_choice="improvements_only",
                publication_planned_date="2026-12-21",
                not_published_reason=LONG * 6,
            ),
        ),
    ),
}
"""Every case by what makes it different."""
