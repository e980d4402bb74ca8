from __future__ import annotations

import pytest

from formflow.reading.document import Control
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import FIRST, button, pdf, text

RADIO = "/Ff 49152"


def controls(*boxes: str, more: dict[int, str] | None = None) -> tuple[Control, ...]:
    return read_pdf(pdf(*boxes, more=more)).controls


def one(*boxes: str, more: dict[int, str] | None = None) -> Control:
    (found,) = controls(*boxes, more=more)
    return found


def child(on: str, state: str, extra: str = "") -> str:
    """One button of the field that object 30 is."""
    shows = f"/AP << /N << /{on} << >> /Off << >> >> >>" if on else ""
    return f"/Parent 30 0 R {shows} /AS /{state} {extra}"


def group(value: str, extra: str = "") -> dict[int, str]:
    held = f"/V /{value}" if value else ""
    return {30: f"<< /FT /Btn /T (died) {RADIO} {held} {extra} /Kids [{FIRST} 0 R {FIRST + 1} 0 R] >>"}


def test_the_name_is_put_together_from_its_parents_and_never_from_the_mapping_name() -> None:
    more = {30: "<< /T (child) /FT /Tx /TM (wrong) /Kids [10 0 R] >>"}
    found = one("/Parent 30 0 R /T (surname) /TM (x9) /V (Smith)", more=more)
    assert (found.name, found.raw) == ("child.surname", "Smith")


def test_value_kind_and_tooltip_come_from_the_parent() -> None:
    more = {30: "<< /T (child) /FT /Tx /V (Smith) /TU (Surname of the child) /Kids [10 0 R] >>"}
    found = one("/Parent 30 0 R", more=more)
    assert (found.name, found.kind, found.raw, found.label) == ("child", "text", "Smith", "Surname of the child")


@pytest.mark.parametrize(
    ("state", "value", "ticked"),
    [
        ("Yes", "Yes", True),
        ("Off", "Off", False),
        ("Yes", None, True),
        (None, "Yes", True),
        ("Off", None, False),
        (None, None, False),
    ],
)
def test_a_check_box_is_ticked_by_what_it_shows_then_by_what_it_holds(
    state: str | None, value: str | None, ticked: bool
) -> None:
    found = one(button("Yes", state=state, value=value, extra="/T (box)"))
    assert (found.kind, found.ticked, found.raw, found.doubts) == ("tick", ticked, "", ())


@pytest.mark.parametrize("on", ["0", "No", "Off#20", "Nein", "On"])
def test_the_ticked_state_may_have_any_name(on: str) -> None:
    assert one(button(on, state=on, value=on, extra="/T (box)")).ticked is True


def test_a_check_box_that_shows_another_state_than_it_holds_is_a_doubt() -> None:
    shown = one(button("Yes", state="Yes", value="Off", extra="/T (box)"))
    assert shown.ticked is True
    assert shown.doubts == ("the box is shown ticked, but the file holds it as empty",)
    held = one(button("Yes", state="Off", value="Yes", extra="/T (box)"))
    assert held.ticked is False
    assert held.doubts == ("the box is shown empty, but the file holds it as ticked",)


def test_a_check_box_in_a_state_that_it_cannot_show_is_a_doubt() -> None:
    assert len(one(button("Yes", state="On", value="On", extra="/T (box)")).doubts) == 1


def test_check_boxes_of_one_name_that_differ_are_a_doubt() -> None:
    found = one(
        button("Yes", state="Yes", value="Yes", extra="/T (box)"),
        button("Yes", state="Off", value="Off", extra="/T (box)"),
    )
    assert found.doubts == ("boxes of the same name are not all ticked alike",)


def test_radio_buttons_are_one_choice() -> None:
    found = one(child("yes", "Off"), child("no", "no"), more=group("no"))
    assert (found.name, found.kind, found.raw, found.options) == ("died", "choice", "no", ("yes", "no"))
    assert found.doubts == ()


def test_radio_buttons_of_which_none_is_chosen_are_blank() -> None:
    assert one(child("yes", "Off"), child("no", "Off"), more=group("")).raw == ""


def test_radio_buttons_built_as_separate_fields_of_one_name_are_one_choice() -> None:
    found = one(
        button("yes", state="Off", value="Off", extra=f"/T (died) {RADIO}"),
        button("no", state="no", value="no", extra=f"/T (died) {RADIO}"),
    )
    assert (found.kind, found.raw, found.doubts) == ("choice", "no", ())


def test_check_boxes_of_one_name_and_different_states_are_one_choice() -> None:
    boxes = [button(on, state=state, extra="/T (died)") for on, state in (("yes", "yes"), ("no", "Off"))]
    assert (one(*boxes).kind, one(*boxes).raw) == ("choice", "yes")


def test_two_chosen_buttons_are_a_doubt_with_both() -> None:
    found = one(child("yes", "yes"), child("no", "no"), more=group("no"))
    assert (found.raw, found.doubts) == ("yes; no", ("more than one is chosen: yes, no",))


def test_a_choice_that_shows_another_button_than_it_holds_is_a_doubt() -> None:
    found = one(child("yes", "yes"), child("no", "Off"), more=group("no"))
    assert (found.raw, found.doubts) == ("yes", ('"yes" is shown, but the file holds "no"',))


def test_a_choice_that_is_held_and_not_shown_is_a_doubt() -> None:
    found = one(child("yes", "Off"), child("no", "Off"), more=group("no"))
    assert found.doubts == ('none is shown as chosen, but the file holds "no"',)


def test_numbered_buttons_are_read_by_their_list_of_words() -> None:
    found = one(child("0", "Off"), child("1", "1"), more=group("1", "/Opt [(Choice A) (Choice B)]"))
    assert (found.raw, found.options) == ("Choice B", ("Choice A", "Choice B"))


def test_buttons_that_say_themselves_what_they_stand_for_are_read_so() -> None:
    found = one(
        child("1", "Off", "/TU (Yes)"), child("2", "2", "/TU (No)"), more=group("2", "/TU (Is neglect suspected?)")
    )
    assert (found.raw, found.options, found.label) == ("No", ("Yes", "No"), "Is neglect suspected?")


def test_buttons_without_a_look_of_their_own_are_read_by_their_state() -> None:
    found = one(child("", "Off"), child("", "No"), more=group("No"))
    assert (found.raw, found.doubts) == ("No", ())


PAIRS = "/Opt [[(CA) (Child abuse)] [(N) (Neglect)] [(P) (Physical, or other)]]"


def test_a_list_gives_the_words_that_people_read() -> None:
    found = one(f"/FT /Ch /T (kind) {PAIRS} /V (N)")
    assert (found.kind, found.raw) == ("choice", "Neglect")
    assert found.options == ("Child abuse", "Neglect", "Physical, or other")


def test_several_entries_of_a_list_are_all_kept() -> None:
    assert one(f"/FT /Ch /T (kind) {PAIRS} /V [(N) (P)]").raw == "Neglect; Physical, or other"


def test_words_typed_into_a_list_are_kept() -> None:
    assert one(f"/FT /Ch /T (kind) {PAIRS} /V (Drowning)").raw == "Drowning"


def test_a_first_entry_that_only_asks_is_blank() -> None:
    assert one("/FT /Ch /T (kind) /Opt [(Please select) (Neglect)] /V (Please select)").raw == ""


def test_a_push_button_and_a_signature_are_what_they_are() -> None:
    pushed, signed, unsigned, _ = controls(
        "/FT /Btn /T (print) /Ff 65536", "/FT /Sig /T (s1) /V << /Type /Sig >>", "/FT /Sig /T (s2)", text("a")
    )
    assert pushed.kind == "button"
    assert (signed.kind, signed.raw, unsigned.raw) == ("signature", "signed", "")


def test_boxes_of_one_field_are_one_control() -> None:
    more = {30: "<< /T (name) /FT /Tx /V (Ann) /Kids [10 0 R 11 0 R] >>"}
    assert one("/Parent 30 0 R", "/Parent 30 0 R", more=more).raw == "Ann"


def test_fields_of_one_name_with_different_answers_are_each_kept_with_a_doubt() -> None:
    document = read_pdf(pdf(text("name", "Ann"), text("name", "Bob")))
    assert [(c.raw, c.doubts) for c in document.controls] == [
        ("Ann", ("boxes of the same name hold different answers",)),
        ("Bob", ("boxes of the same name hold different answers",)),
    ]
    assert document.notes == ("same-name",)


@pytest.mark.parametrize("values", [("Ann", None), (None, "Ann"), ("", "Ann"), ("Ann", "")])
def test_an_answer_beside_an_empty_box_of_the_same_name_is_kept_with_a_doubt(values: tuple[str | None, ...]) -> None:
    found = one(*(text("name", value) for value in values))
    assert (found.raw, found.doubts) == ("Ann", ("another box of the same name is empty",))


def test_fields_without_a_name_are_kept_apart() -> None:
    assert [c.raw for c in controls("/FT /Tx /V (a)", "/FT /Tx /V (b)")] == ["a", "b"]


@pytest.mark.parametrize("flag", [2, 32])
def test_an_answer_in_a_hidden_field_is_a_doubt(flag: int) -> None:
    found = one(text("name", "Ann", f"/F {flag}"))
    assert (found.raw, found.doubts) == ("Ann", ("this answer is in the file, but nobody sees it on a page",))
    assert one(text("name", None, f"/F {flag}")).doubts == ()


def test_letters_that_can_be_read_in_two_ways_are_a_doubt() -> None:
    written = text("name", "(Zo\xc3\xab)")
    assert one(written).doubts == ("some letters of this answer cannot be read with certainty",)
    assert one(text("name", "(Zo\xeb)")).doubts == ()
