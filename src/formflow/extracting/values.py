"""What an answer's raw text means for its type of question; what does not fit stays open, with its reason."""

from __future__ import annotations

import re

from formflow.extracting.ages import born_due_or_aged, read_age
from formflow.extracting.dates import NoDate, read_date
from formflow.extracting.dictionary import Field
from formflow.extracting.empties import says_nothing, state_first
from formflow.extracting.empties import state_of as state_of
from formflow.extracting.form import Answer
from formflow.extracting.options import agency_named, choose_all, choose_one
from formflow.extracting.options import choose as choose
from formflow.extracting.plain import fold as fold
from formflow.extracting.plain import key as key
from formflow.extracting.plain import quoted
from formflow.extracting.plans import read_plan
from formflow.extracting.reach import emails_in, is_phone_alone, phones_in, postcodes_in, without_label
from formflow.extracting.sense import Sense, conflicting, unreadable
from formflow.extracting.ticks import has_boxes, ticks_in
from formflow.extracting.times import half_of_day_is_told, read_time
from formflow.extracting.wordings import Wordings
from formflow.extracting.yes_no import read_yes_no

DERIVED = "derived"
"""How an answer was found that the form does not give itself but that follows from another."""

_WORKED_OUT = "worked out from the name of the organisation"
_NONE_IS_NO_ANSWER = re.compile(
    r"resend_of|what_changed|other_la|country|national_ref|child_N_(?:aka|address_now|local_id)|family_N_(?:name|note|"
    r"address_if_different|cp_or_legal_status)|agency_N_(?:name|contact)|attachment_N_\w+|process_P_(?:ref|lead)|"
    r"abuse_type_other|incident_date_note|who_must_not_be_told|\w+_(?:detail|evidence)"
)
"""Questions of words to which "none" says that the question does not apply; to others it is an answer in words."""
_OPENING = {"_from": r"(?:since|from|started|opened)\s+", "_to": r"(?:until|till|to|up to|ended|closed)\s+"}
_UNNAMED = re.compile(
    r"(?:the )?(?:(?:unborn|new-?born) )?(?:baby|infant|child)?(?: (?:boy|girl))?[\s,(\[–-]*"
    r"(?:un-?named|not (?:yet )?named|no name(?: yet)?|(?:name )?not (?:yet )?(?:given|chosen|registered))?[)\]]?",
    re.IGNORECASE,
)
"""What is said of a child that nobody has named yet."""
_REMARK = re.compile(r"(?<=\w\w)\.\s+(?=[A-Z])")
"""Where a sentence ends and another begins."""
_NHS_LABEL = re.compile(r"^(?:nhs\s*)?(?:no|number|n°)?\.?\s*[:.]?\s*(?=\d)", re.IGNORECASE)


def answer_to(
    field: Field,
    field_id: str,
    raw: str,
    *,
    place: str,
    how: str,
    latest: int,
    wordings: Wordings | None = None,
    year: int | None = None,
) -> Answer:
    """The answer that `raw` gives to a question; `latest` is the last year a two-digit year may stand for.

    Text that cannot be what the question asks for is `unreadable`, with the reason in `because`. `wordings` says how
    people write options (`options.toml`); without it an option counts only by its id or its own text. `year` is the
    year of a day written without one, where something else on the form gives it; such an answer is asked about.
    """
    wordings = wordings or Wordings()
    sense = sense_of(field, field_id, raw, latest=latest, wordings=wordings, year=year)
    if field.id == "notifier_agency" and sense.state == "unreadable" and (kind := agency_named(raw, wordings)):
        return Answer(field_id, "answered", kind, None, raw, place, DERIVED, 1.0, _WORKED_OUT)
    return Answer(
        field_id,
        sense.state,
        sense.value,
        sense.precision,
        raw,
        place,
        how,
        1.0 if sense.state in ("blank", "not_known", "not_applicable") else sense.confidence,
        sense.because,
    )


def sense_of(
    field: Field, field_id: str, raw: str, *, latest: int, wordings: Wordings, year: int | None = None
) -> Sense:
    """What `raw` means for a question, and in `rest` what it says beyond the answer itself."""
    words = fold(raw)
    if field.options or field.type == "yes_no":
        if pairs := ticks_in(words):
            return _ticked(field, field_id, [label for label, ticked in pairs if ticked], latest, wordings)
        if has_boxes(words):
            return unreadable("there are tick boxes in it, and it is not certain which is whose")
    if field.type == "yes_no":
        return read_yes_no(words, wordings.yes_no.get(field.id))
    if (open_state := state_of(raw)) is not None:
        return Sense(open_state[0], because=open_state[1])
    if (field.type != "long_text" or "_address" in field.id) and (open_state := state_first(raw)) is not None:
        return Sense(open_state[0], because=open_state[1])
    match field.type:
        case "date":
            return _date(field_id, words, latest, year)
        case "choice":
            return _choice(field, words, wordings)
        case "choices":
            return choose_all(words, field.options, wordings)
        case "text" | "long_text":
            return _text(field, words)
        case _:
            return Sense("not_applicable", because="") if says_nothing(raw) else _short(field, words)


def derived_agency(field_id: str, organisation: Answer, wordings: Wordings) -> Answer | None:
    """The kind of agency as it follows from the organisation's name; None where the name leaves a doubt."""
    if organisation.state != "answered" or not isinstance(organisation.value, str):
        return None
    kind = agency_named(organisation.value, wordings)
    if kind is None:
        return None
    return Answer(field_id, "answered", kind, None, organisation.raw, organisation.place, DERIVED, 1.0, _WORKED_OUT)


def _ticked(field: Field, field_id: str, labels: list[str], latest: int, wordings: Wordings) -> Sense:
    """The answer of boxes that were typed beside their labels."""
    if not labels:
        return Sense("blank")
    senses = [sense_of(field, field_id, label, latest=latest, wordings=wordings) for label in labels]
    if len(labels) == 1:
        return senses[0]
    values = [option for sense in senses if isinstance(sense.value, tuple) for option in sense.value]
    if field.type == "choices" and all(sense.state == "answered" for sense in senses):
        return Sense("answered", tuple(dict.fromkeys(values)))
    return conflicting(f"{' and '.join(map(quoted, labels))} are ticked")


def _choice(field: Field, words: str, wordings: Wordings) -> Sense:
    chosen = choose_one(words, field.options, wordings)
    if field.id != "child_N_cp_plan" or chosen.state == "blank" or (chosen.state == "answered" and not chosen.rest):
        return chosen
    return read_plan(words, wordings).plan


def _text(field: Field, words: str) -> Sense:
    if says_nothing(words) and _NONE_IS_NO_ANSWER.fullmatch(field.id):
        return Sense("not_applicable")
    if field.id == "child_N_forename" and _UNNAMED.fullmatch(words):
        return Sense("blank", because="the child has no name of its own yet")
    if field.id.endswith("_language") and (remark := _REMARK.search(words)):
        return Sense("answered", words[: remark.start()], rest=words[remark.end() :])
    return Sense("answered", words)


def _date(field_id: str, words: str, latest: int, year: int | None) -> Sense:
    if says_nothing(words):
        return Sense("not_applicable")
    birth = field_id.endswith("_dob")
    if birth and re.fullmatch(r"(?:unborn|not (?:yet )?born)(?: baby| child)?", words.casefold()):
        return Sense("not_applicable", because="the child is not born")
    if birth and (told := _not_a_birth(words)):
        return told
    if field_id.endswith("_edd") and re.match(r"d\.?o\.?b\b|born\b", words, re.IGNORECASE):
        return unreadable("a date of birth is written there, not an expected date of delivery")
    if not birth and not field_id.endswith("_edd") and born_due_or_aged(words) == "due":
        return unreadable("a date is written there that is expected, not one that was")
    for ending, lead in _OPENING.items():
        if field_id.endswith(ending):
            words = re.sub(f"^{lead}", "", words, flags=re.IGNORECASE)
    when = read_date(words, latest=latest, past=birth)
    sure = 1.0
    if isinstance(when, NoDate) and year is not None:
        when, sure = read_date(words, latest=latest, past=birth, year=year), 0.8
    if isinstance(when, NoDate):
        return unreadable(when.why)
    if when.doubt:
        return conflicting(when.doubt)
    return Sense("answered", when.value, precision=when.precision, confidence=sure)


def _not_a_birth(words: str) -> Sense | None:
    match born_due_or_aged(words):
        case "due":
            return Sense("not_applicable", because="an expected date of delivery is written there")
        case "aged":
            return unreadable("an age is written there, not a date of birth")
        case _:
            return None


def _short(field: Field, words: str) -> Sense:
    match field.type:
        case "time":
            return _time(words)
        case "integer":
            age = read_age(words)
            if age is None:
                return unreadable("this is not a whole number")
            return Sense("answered", age.years, confidence=0.8 if age.about else 1.0)
        case "nhs_number":
            digits = re.sub(r"[\s\-]", "", _NHS_LABEL.sub("", words))
            good = re.fullmatch(r"[0-9]{10}", digits)
            return Sense("answered", digits) if good else unreadable("an NHS number has ten digits")
        case "postcode":
            return _only(postcodes_in(words), "this is not a United Kingdom postcode")
        case "email":
            return _only(emails_in(words), "this is not an e-mail address")
        case "phone":
            return _phone(words)
        case _:
            raise AssertionError(f"a type of question that is not read here: {field.type}")


def _phone(words: str) -> Sense:
    """The one number; several numbers, when nothing else is written, as they stand."""
    found = phones_in(words)
    if is_phone_alone(words):
        return Sense("answered", without_label(words))
    if len(found) > 1 and not emails_in(words) and len(words) < 80:
        return Sense("answered", words)
    return _only(found, "this is not a telephone number")


def _time(words: str) -> Sense:
    time = read_time(words)
    if time is None:
        return unreadable("this is not a time of day we can read")
    return Sense("answered", time, confidence=1.0 if half_of_day_is_told(words) else 0.8)


def _only(found: tuple[str, ...], why: str) -> Sense:
    """The one thing that was found; none, or two, stay open."""
    if len(found) > 1:
        return conflicting(f"{len(found)} different ones are given")
    return Sense("answered", found[0]) if found else unreadable(why)
