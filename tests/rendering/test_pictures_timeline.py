from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from formflow.deciding.chronology import Chronology, Gap, Row
from formflow.extracting.form import Answer
from formflow.rendering.pictures.letters import width
from formflow.rendering.pictures.scale import scale_over, ticks
from formflow.rendering.pictures.timeline import timeline
from formflow.rendering.pictures.timeline_lanes import LEFT, RIGHT
from formflow.rendering.pictures.timeline_plan import Timeline, timeline_plan

INCIDENT = date(2024, 3, 12)


def told(when: date | None, by: str = "Fenwold Police", **changed: object) -> Row:
    row = Row(when, when, "as written", "day" if when else "", "", by, 1, 1, "record", "Something happened.")
    return replace(row, **changed)  # type: ignore[arg-type]  # the fields of a row, by name


def chronology(*rows: Row) -> Chronology:
    ordered = sorted(rows, key=lambda row: (row.first is None, row.first or date.max))
    dated = [row for row in ordered if row.first is not None]
    gaps = [
        Gap(one.last, other.first)
        for one, other in pairwise(dated)
        if one.last and other.first and other.first - one.last > timedelta(days=90)
    ]
    return Chronology(tuple(ordered), tuple(gaps), 0)


def planned(*rows: Row, incident: date | None = INCIDENT) -> Timeline:
    days = (incident, incident) if incident else None
    plan = timeline_plan(chronology(*rows), {}, days, "12 March 2024")
    assert plan is not None
    return plan


def happened(value: str = "2024-03-12", precision: str = "day") -> Answer:
    return Answer("incident_date", "answered", value, precision)  # type: ignore[arg-type]  # one of five words


FEW = (
    told(date(2023, 6, 1), "Notification"),
    told(date(2023, 11, 20)),
    told(date(2024, 3, 10), "Fenwold Health Visiting", precision="approximate"),
    told(date(2024, 2, 1), "Fenwold Health Visiting", last=date(2024, 2, 29), precision="month"),
    told(None, "Fenwold Police"),
)
MANY = tuple(
    told(date(2022, 1, 1) + timedelta(days=n * 37 % 800), f"Agency of Fenwold no. {n % 40}") for n in range(200)
)


def test_there_is_no_timeline_of_fewer_than_two_dates() -> None:
    assert timeline(chronology(told(date(2024, 1, 1)), told(None)), {}, happened()) is None
    assert timeline(chronology(told(date(2024, 1, 1)), told(date(2024, 1, 1))), {}) is not None


def test_the_notification_has_the_first_lane_and_each_agency_its_own() -> None:
    plan = planned(told(date(2023, 1, 1)), *FEW)
    assert [lane.name for lane in plan.lanes] == ["Notification", "Fenwold Police", "Fenwold Health Visiting"]


def test_time_runs_from_left_to_right_and_numbers_are_those_of_the_table() -> None:
    marks = sorted(
        (mark for lane in planned(*FEW).lanes for mark in lane.marks), key=lambda mark: mark.events[0].number
    )
    assert [mark.words for mark in marks] == ["1", "2", "3", "4"]
    assert [mark.events[0].first for mark in marks] == sorted(mark.events[0].first for mark in marks)


def test_a_month_is_a_bar_and_an_approximate_day_is_hollow() -> None:
    plan = planned(*FEW)
    month, about = plan.lanes[2].marks
    assert not month.exact
    assert not about.exact
    assert plan.lanes[1].marks[0].exact
    assert month.right - month.left == pytest.approx(plan.scale.at(date(2024, 2, 29)) - plan.scale.at(date(2024, 2, 1)))


def test_a_contradiction_is_marked_with_a_sign_and_explained() -> None:
    plan = planned(
        *FEW, told(date(2023, 11, 25), "Housing", doubts=("Fenwold Police seems to tell of the same event.",))
    )
    assert [mark.words for lane in plan.lanes for mark in lane.marks if mark.doubted] == ["3 !"]
    assert any("another form gives another date" in sign.words for sign in plan.signs)


def test_the_legend_explains_only_what_is_drawn() -> None:
    plan = planned(told(date(2024, 3, 1)), told(date(2024, 3, 9)))
    assert [sign.kind for sign in plan.signs] == ["exact"]


def test_a_silence_has_its_number_of_days_beside_the_line_of_the_incident() -> None:
    plan = planned(told(date(2023, 9, 1)), told(date(2024, 9, 20)))
    (silence,) = plan.silences
    assert silence.gap.days == 385
    assert plan.incident
    assert abs(silence.x - plan.incident.left) > width("385") / 2


def test_rows_without_a_date_are_counted_under_the_picture() -> None:
    assert planned(*FEW).notes[0].startswith("1 row has no date that can be read")


def test_a_long_empty_time_is_left_out_when_the_rest_would_be_crowded() -> None:
    days = [date(2024, 1, 1) + timedelta(days=n * 5) for n in range(12)]
    plan = planned(told(date(2011, 5, 1)), *(told(day) for day in days))
    assert len(plan.scale.breaks) == 1
    assert plan.scale.at(days[-1]) - plan.scale.at(days[0]) > 60
    assert any(sign.kind == "break" for sign in plan.signs)


def test_a_scale_that_is_about_even_is_not_broken() -> None:
    assert not planned(*FEW).scale.breaks


def test_all_that_is_drawn_in_scale_keeps_the_same_measure() -> None:
    spans = [(day, day) for day in (date(2001, 1, 1), date(2001, 5, 1), date(2020, 1, 1), date(2020, 1, 9))]
    scale = scale_over([*spans, *[(date(2020, 1, 2), date(2020, 1, 3))] * 9], 0, 100)
    assert len({piece.day for piece in scale.pieces}) == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [(4, "1 Mar 2020"), (40, "9 Mar 2020"), (300, "May 2020"), (2000, "2021"), (20000, "2030")],
)
def test_days_months_or_years_are_written_as_the_span_needs(days: int, words: str) -> None:
    first = date(2020, 3, 1)
    scale = scale_over([(first, first), (first + timedelta(days=days),) * 2], 50, 150)
    assert words in [tick.words for tick in ticks(scale)]


def test_forty_agencies_and_two_hundred_rows_stay_on_one_page() -> None:
    plan = planned(*MANY)
    assert len(plan.lanes) == 40
    assert plan.height < 220
    assert sum(len(mark.events) for lane in plan.lanes for mark in lane.marks) == 200
    assert any("…" in line for lane in plan.lanes for line in lane.lines) == any("…" in note for note in plan.notes)


def test_two_hundred_rows_of_one_agency_are_combined_with_their_numbers_or_a_count() -> None:
    rows = [told(date(2024, 1, 1) + timedelta(days=n // 8)) for n in range(200)]
    plan = planned(*rows)
    words = {mark.words for mark in plan.lanes[0].marks}
    assert any("–" in word or word.endswith("events") for word in words)
    assert plan.height < 220


def test_more_agencies_than_the_page_has_room_for_share_the_last_lane() -> None:
    plan = planned(*(told(date(2023, 1, 1) + timedelta(days=n), f"Agency {n}") for n in range(70)))
    assert plan.lanes[-1].name.endswith("other agencies")
    assert sum(len(lane.events) for lane in plan.lanes) == 70
    assert plan.height < 230


def touching(parts: Sequence[tuple[float, float]]) -> bool:
    return any(other[0] < one[1] for one, other in pairwise(sorted(parts)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6000), st.sampled_from([0, 0, 0, 3, 30, 400]), st.integers(0, 25)),
        min_size=2,
        max_size=120,
    )
)
def test_nothing_in_a_timeline_touches_or_is_cut_off(found: list[tuple[int, int, int]]) -> None:
    start = date(2008, 1, 1)
    plan = planned(
        *(
            told(
                start + timedelta(days=day),
                f"Agency of the Borough of Fenwold {by}",
                last=start + timedelta(days=day + long),
            )
            for day, long, by in found
        )
    )
    for lane in plan.lanes:
        for row in {mark.row for mark in lane.marks}:
            assert not touching([(mark.left, mark.right) for mark in lane.marks if mark.row == row])
        assert all(mark.left >= LEFT - 0.01 and mark.right <= RIGHT + 0.01 for mark in lane.marks)
        assert all(width(line) <= LEFT for line in lane.lines)
    assert not touching([(lane.top, lane.top + lane.height - 0.01) for lane in plan.lanes])
    written = [(t.x - width(t.words) / 2, t.x + width(t.words) / 2) for t in plan.ticks if t.words]
    assert written
    assert not touching(written)
    assert written[0][0] >= 0
    assert max(end for _, end in written) <= 160
    assert plan.height < 235


def test_the_same_chronology_gives_the_same_bytes() -> None:
    prints = set()
    for _ in range(2):
        made = timeline(chronology(*FEW), {}, happened())
        assert made
        prints.add(hashlib.sha256(made.png).hexdigest())
    assert len(prints) == 1


def test_the_picture_is_small_white_and_as_wide_as_the_text_of_a_paper() -> None:
    made = timeline(chronology(*MANY), {}, happened())
    assert made
    assert (made.name, made.width) == ("timeline", 160)
    assert len(made.png) < 150_000
    image = Image.open(io.BytesIO(made.png))
    assert abs(image.width - 1260) <= 1
    assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_the_words_say_everything_in_order() -> None:
    made = timeline(chronology(*FEW), {"Fenwold Police": "the police"}, happened())
    assert made
    assert made.says == (
        "Timeline of 4 events told by the notification and 2 agencies, 1 June 2023 to 10 March 2024. "
        "The incident: 12 March 2024. "
        "1: 1 June 2023, Notification. Silence of 172 days. 2: 20 November 2023, the police. "
        "3: February 2024, Fenwold Health Visiting. 4: about 10 March 2024, Fenwold Health Visiting. "
        "1 row has no date that can be read and cannot be drawn."
    )


def test_a_long_list_of_events_is_cut_and_the_rest_counted() -> None:
    made = timeline(chronology(*MANY), {}, None)
    assert made
    assert len(made.says) < 2_200
    assert "more events and silences, listed in the chronology." in made.says
    assert "The form gives no date of the incident that can be read." in made.says


def test_an_incident_in_some_month_is_drawn_from_its_first_day_to_its_last() -> None:
    days = (date(2024, 3, 1), date(2024, 3, 31))
    plan = timeline_plan(chronology(*FEW), {}, days, "March 2024")
    assert plan
    assert plan.incident
    assert plan.incident.right > plan.incident.left
    made = timeline(chronology(*FEW), {}, happened("2024-03", "month"))
    assert made
    assert "The incident: March 2024." in made.says


def test_letters_that_cannot_be_drawn_are_neither_boxes_nor_lost() -> None:
    rows = [told(date(2024, 1, n), by) for n, by in enumerate(("Tŷ Hafan", "Дом ребёнка", "Łódź – Zürich 🙂"), 1)]
    plan = planned(*rows)
    assert [lane.drawn for lane in plan.lanes] == ["Ty Hafan", "Agency 2", "Lódz – Zürich"]
    assert any(note.startswith("Agency 2: its name has letters") for note in plan.notes)
    made = timeline(chronology(*rows), {})
    assert made
    assert '"Дом ребёнка" is written "Agency 2" in the picture.' in made.says
