from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow import shipped
from formflow.extracting.plain import fold
from formflow.extracting.several import PartKind, several
from formflow.extracting.wordings import Wordings

INTERPRETER = Wordings.parse(shipped.text("options.toml")).yes_no["child_N_interpreter"]


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("Yes – 13 April 2026", {"yes_no": "Yes", "date": "13 April 2026"}),
        ("Yes, 15/10/2025", {"yes_no": "Yes", "date": "15/10/2025"}),
        (
            "Yes, Dr Ngozi Eze, Designated Doctor, on 14 April",
            {"yes_no": "Yes", "name": "Dr Ngozi Eze", "role": "Designated Doctor", "date": "14 April"},
        ),
        ("Yes – HF/26/20931", {"yes_no": "Yes", "reference": "HF/26/20931"}),
        ("Yes, crime ref EP-26-0031187", {"yes_no": "Yes", "reference": "EP-26-0031187"}),
        (
            "Car park of the Ferry Inn, Holmfleet. Yes.",
            {"place": "Car park of the Ferry Inn, Holmfleet", "yes_no": "Yes"},
        ),
        (
            "Gujarati and English. No interpreter required.",
            {"language": "Gujarati and English", "yes_no": "No interpreter required"},
        ),
        ("Tom Askew, keyworker", {"name": "Tom Askew", "role": "keyworker"}),
        ("Named Nurse, Clare Moss", {"name": "Clare Moss", "role": "Named Nurse"}),
        ("Judith Pettifer", {"name": "Judith Pettifer", "role": ""}),
        ("Fay Drummond\nSocial worker", {"name": "Fay Drummond", "role": "Social worker"}),
        (
            "Brackenshire Hospitals NHS Foundation Trust\nNamed Nurse",
            {"organisation": "Brackenshire Hospitals NHS Foundation Trust", "role": "Named Nurse"},
        ),
        (
            "Tel 01632 960530\na.whitcombe@brackenhosp.example",
            {"phone": "01632 960530", "email": "a.whitcombe@brackenhosp.example"},
        ),
        (
            "19 Salter Row\nHolmfleet\nHM3 9AP",
            {"address": "19 Salter Row Holmfleet HM3 9AP", "postcode": "HM3 9AP"},
        ),
        (
            "2. Gavin Tyldesley, 05/12/1990, mother’s partner, 8 Chandler Court, Holmfleet HM1 1WX",
            {
                "name": "Gavin Tyldesley",
                "born": "05/12/1990",
                "relationship": "mother’s partner",
                "address": "8 Chandler Court, Holmfleet HM1 1WX",
            },
        ),
        ("Craig Sugden\napprox 30", {"name": "Craig Sugden", "born": "approx 30"}),
        ("Rafiq Alam, ?1991, father", {"name": "Rafiq Alam", "born": "?1991", "relationship": "father"}),
        (
            "Jo Lamb\tHarbour Refuge\tjo@harbourrefuge.example\tNo",
            {"name": "Jo Lamb", "organisation": "Harbour Refuge", "email": "jo@harbourrefuge.example", "yes_no": "No"},
        ),
        ("11/02/24 approx 1300", {"date": "11/02/24", "time": "approx 1300"}),
        ("14/10/2025 at 19.05", {"date": "14/10/2025", "time": "at 19.05"}),
        (
            "Yes. Routine enquiry was not made safely.",
            {"yes_no": "Yes", "detail": "Routine enquiry was not made safely."},
        ),
        ("Yes: Ilhan, aged 7", {"yes_no": "Yes", "detail": "Ilhan, aged 7"}),
        ("Yes mother told on 3/4/2026", {"yes_no": "Yes", "date": "3/4/2026", "detail": "mother told"}),
        ("No", {"yes_no": "No", "date": ""}),
    ],
)
def test_one_text_is_cut_into_a_piece_for_each_question(written: str, pieces: dict[PartKind, str]) -> None:
    parts = several(written, list(pieces), INTERPRETER)
    assert {kind: parts[kind] for kind in pieces} == pieces
    assert parts.rest == ""


@pytest.mark.parametrize(
    ("written", "kinds", "rest"),
    [
        ("Noah Cole, Mia Cole", ["name", "role"], "Noah Cole, Mia Cole"),
        ("Hospital staff; keyworker Donna Fry", ["name", "role"], "Hospital staff; keyworker Donna Fry"),
        ("Yes / No   Date: see log", ["yes_no", "date"], "Yes / No, Date: see log"),
        ("01632 960301 or 07700 900123", ["phone"], "01632 960301 or 07700 900123"),
        ("3/4/26, 5/4/26 and 7/4/26", ["date"], "3/4/26, 5/4/26 and 7/4/26"),
    ],
)
def test_what_can_be_cut_in_two_ways_is_left_whole(written: str, kinds: list[PartKind], rest: str) -> None:
    parts = several(written, kinds)
    assert parts.pieces == {}
    assert parts.rest == rest


KINDS: list[PartKind] = [
    "yes_no",
    "date",
    "time",
    "born",
    "reference",
    "phone",
    "email",
    "name",
    "role",
    "address",
    "detail",
]
WORDS = (
    "Yes No , . – \n 12/03/2024 14 April 1300 approx Tom Askew keyworker 01632 960301 a@b.example HF/26/20931 EM1 3DW"
)


@given(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=10), st.lists(st.sampled_from(KINDS), unique=True, max_size=5)
)
def test_no_piece_holds_a_word_that_is_not_on_the_form_and_none_is_used_twice(
    words: list[str], kinds: list[PartKind]
) -> None:
    parts = several(" ".join(words), kinds)
    there = re.findall(r"\w+", " ".join(words))
    used = [word for piece in (*parts.pieces.values(), parts.rest) for word in re.findall(r"\w+", piece)]
    assert set(used) <= set(there)
    assert len(used) <= len(there)


@given(st.text(max_size=60), st.lists(st.sampled_from(KINDS), unique=True))
def test_no_text_whatever_breaks_the_cutting(text: str, kinds: list[PartKind]) -> None:
    parts = several(text, kinds)
    assert all(fold(piece) == piece for piece in parts.pieces.values())
