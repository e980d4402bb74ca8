from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.deciding.history import History
from formflow.errors import NotVerified, Stop, TryLater
from formflow.inbox.take import take
from formflow.recording.evidence import Evidence
from formflow.recording.note import Note
from formflow.recording.proof.verify import Report, verify
from formflow.recording.register import Register
from formflow.recording.where import refuse_network_drive
from formflow.validating.submission import Submission
from makers import NOON, TODAY, a_case, a_submission, the_rules


def opened(tmp_path: Path, *, writing: bool = True) -> Register:
    return Register.open(tmp_path / "register", lambda: NOON, writing=writing)


def take_one(register: Register, tmp_path: Path, content: bytes = b"form", submission: Submission | None = None) -> str:
    path = tmp_path / "dropped.docx"
    path.write_bytes(content)
    submission = submission or a_submission()
    ref = register.next_ref("SIN", 2026)
    decision = decide(Case(ref, (submission,), (TODAY,)), the_rules(), TODAY)
    return register.take(take(path, NOON), "J A.docx", ref, submission, decision, the_rules().receipt()).case_ref


def check(tmp_path: Path) -> Report:
    rules = the_rules()
    return verify(
        tmp_path / "register", lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)
    )


def a_register(tmp_path: Path) -> Path:
    with opened(tmp_path) as register:
        take_one(register, tmp_path)
        take_one(register, tmp_path, b"another")
        register.filed(register.entries()[0].arrival, {"paper.docx": "0" * 64}, "SIN-2026-001")
        register.keep_words([Note("SIN-2026-001", "Notes", "ring the school")])
    return tmp_path / "register"


def test_a_form_is_taken_only_once_however_often_it_is_given(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        assert take_one(register, tmp_path) == take_one(register, tmp_path) == "SIN-2026-001"
        assert len(register.entries()) == len(register.cases()) == 1


@pytest.mark.parametrize("name", ["100%20 sure", "why?x=1", "S & F #1", "Ünï"])
def test_the_register_lies_in_its_folder_whatever_that_is_called(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    place.mkdir()
    a_register(place)
    assert (place / "register" / "formflow.sqlite").stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_references_count_up_and_are_never_used_again(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        take_one(register, tmp_path)
        assert register.next_ref("SIN", 2026) == "SIN-2026-002"
        assert register.next_ref("SIN", 2027) == "SIN-2027-001"


def test_the_thousandth_case_of_a_year_is_followed_by_the_next(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        for ref in ("SIN-2026-999", "SIN-2026-1000", "SIN-2025-2000", "SINX-2026-3000"):
            path = tmp_path / "dropped.docx"
            path.write_bytes(ref.encode())
            case = Case(ref, (a_submission(),), (TODAY,))
            made = decide(case, the_rules(), TODAY, History())
            register.take(take(path, NOON), "J A.docx", ref, case.submissions[0], made, {})
        assert register.next_ref("SIN", 2026) == "SIN-2026-1001"


def test_what_was_recorded_reads_back_exactly(tmp_path: Path) -> None:
    odd = a_submission((), incident_summary="naïve ☂ 🙂 שלום {{ 7*7 }} " + "x" * 30_000)
    with opened(tmp_path) as register:
        ref = take_one(register, tmp_path, b"odd", odd)
    with opened(tmp_path, writing=False) as register:
        record = register.case(ref)
        assert record is not None
        assert record.case.submissions == (odd,)
        assert record.decision == decide(Case(ref, (odd,), (TODAY,)), the_rules(), TODAY)


def test_what_was_not_brought_to_its_place_is_known_after_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        take_one(register, tmp_path)
    with opened(tmp_path) as register:
        (entry,) = register.unfiled()
        register.filed(entry.arrival)
        assert register.unfiled() == ()


def test_two_arrivals_of_the_same_second_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "dropped.docx"
    path.write_bytes(b"form")
    with opened(tmp_path) as register:
        first = register.turn_back(take(path, NOON), "a.docx", "to-mend", ["mend this"])
        second = register.turn_back(take(path, NOON), "a.docx", "to-mend", ["mend this"])
        assert first.arrival != second.arrival
        assert first.problems == ("mend this",)


def test_a_note_that_is_written_over_is_still_there(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        ref = take_one(register, tmp_path)
        register.keep_words([Note(ref, "Notes", "first")])
        register.keep_words([Note(ref, "Notes", "second")])
        assert register.notes(ref) == {"Notes": "second"}
    with sqlite3.connect(tmp_path / "register" / "formflow.sqlite") as database:
        assert database.execute("select text, before from notes order by id").fetchall() == [
            ("first", ""),
            ("second", "first"),
        ]


def test_only_one_formflow_writes_and_others_may_read_meanwhile(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        take_one(register, tmp_path)
        with pytest.raises(TryLater, match="Another formflow"):
            opened(tmp_path)
        with opened(tmp_path, writing=False) as reader:
            assert len(reader.cases()) == 1


def test_looking_at_a_folder_without_a_register_makes_none(tmp_path: Path) -> None:
    with opened(tmp_path, writing=False) as register:
        assert register.cases() == ()
    assert not (tmp_path / "register").exists()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_register_on_a_network_drive_is_refused_with_what_to_set(kind: str) -> None:
    mounts = f"1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:44 / /srv/share\\040x rw - {kind} //server/share rw\n"
    with pytest.raises(Stop, match="register_folder"):
        refuse_network_drive(Path("/srv/share x/register"), mounts)
    refuse_network_drive(Path("/srv/other"), mounts)


def test_a_register_of_a_newer_formflow_is_refused(tmp_path: Path) -> None:
    folder = a_register(tmp_path)
    with sqlite3.connect(folder / "formflow.sqlite") as database:
        database.execute("update schema set version = 99")
    with pytest.raises(Stop, match="newer formflow"):
        opened(tmp_path)


def test_the_evidence_store_never_writes_over_and_finds_a_changed_original(tmp_path: Path) -> None:
    store = Evidence(tmp_path)
    sha256 = store.put(b"form")
    assert store.put(b"form") == sha256
    path = next(tmp_path.glob("*/*"))
    path.chmod(0o600)
    path.write_bytes(b"from")
    with pytest.raises(NotVerified, match="changed"):
        store.get(sha256)


def test_an_untouched_register_verifies(tmp_path: Path) -> None:
    a_register(tmp_path)
    report = check(tmp_path)
    assert report.problems == ()
    assert (report.forms, report.decisions, report.sealed) == (2, 2, True)


def test_any_changed_byte_of_a_closed_register_is_found(tmp_path: Path) -> None:
    database = a_register(tmp_path) / "formflow.sqlite"
    whole = database.read_bytes()
    for position in range(0, len(whole), max(1, len(whole) // 40)):
        changed = bytearray(whole)
        changed[position] ^= 0x01
        database.write_bytes(bytes(changed))
        assert check(tmp_path).problems, position
    database.write_bytes(whole)
    assert not check(tmp_path).problems


@pytest.mark.parametrize("writing", [True, False])
@pytest.mark.parametrize("position", [30, -200])
def test_a_register_that_was_changed_while_closed_is_not_built_on(
    tmp_path: Path, position: int, *, writing: bool
) -> None:
    database = a_register(tmp_path) / "formflow.sqlite"
    changed = bytearray(database.read_bytes())
    changed[position] ^= 0x01
    database.write_bytes(bytes(changed))
    with pytest.raises(NotVerified, match="changed or damaged after formflow last closed it"):
        opened(tmp_path, writing=writing)
    assert check(tmp_path).problems


def test_a_register_that_is_no_database_any_more_is_named(tmp_path: Path) -> None:
    folder = a_register(tmp_path)
    (folder / "formflow.seal").unlink()
    (folder / "formflow.sqlite").write_bytes(b"something else entirely" * 400)
    with pytest.raises(NotVerified, match="is damaged and cannot be read"):
        opened(tmp_path)


def test_a_register_that_is_closed_while_somebody_reads_it_opens_again(tmp_path: Path) -> None:
    folder = a_register(tmp_path)
    reader = sqlite3.connect(folder / "formflow.sqlite")
    with opened(tmp_path) as register:
        reader.execute("begin")
        reader.execute("select count(*) from arrivals").fetchall()
        take_one(register, tmp_path, b"a third")
    reader.close()
    with opened(tmp_path) as register:
        assert len(register.entries()) == 3
    assert not check(tmp_path).problems


def test_a_changed_lost_or_foreign_original_is_found(tmp_path: Path) -> None:
    folder = a_register(tmp_path)
    original = sorted((folder / "evidence").glob("*/*"))[0]
    content = original.read_bytes()
    original.chmod(0o600)
    original.write_bytes(content[:-1] + b"?")
    assert check(tmp_path).problems
    original.unlink()
    assert check(tmp_path).problems
    original.write_bytes(content)
    assert not check(tmp_path).problems
    (original.parent / ("f" * 64)).write_bytes(b"slipped in")
    assert check(tmp_path).problems


Tamper = Callable[[sqlite3.Connection], object]

TAMPERINGS: dict[str, Tamper] = {
    "an answer is edited": lambda d: d.execute("update submissions set content = replace(content, 'Ashby', 'Ashbey')"),
    "a decision is edited": lambda d: d.execute("update decisions set content = replace(content, 'met', 'not_met')"),
    "an arrival is taken away": lambda d: d.execute("delete from arrivals where id = (select min(id) from arrivals)"),
    "a note is slipped in": lambda d: d.execute("insert into notes values (99, 'SIN-2026-001', 'Notes', 'x', '', 'y')"),
    "a line is edited": lambda d: d.execute("update audit set what = 'nothing' where seq = 2"),
    "a line is taken from the middle": lambda d: d.execute("delete from audit where seq = 2"),
    "the last line is cut off": lambda d: d.execute("delete from audit where seq = (select max(seq) from audit)"),
    "two lines are exchanged": lambda d: d.execute("update audit set seq = case seq when 1 then -2 else seq end"),
}


@pytest.mark.parametrize("what", sorted(TAMPERINGS))
def test_tampering_is_found_even_when_the_seal_is_taken_away(tmp_path: Path, what: str) -> None:
    folder = a_register(tmp_path)
    (folder / "formflow.seal").unlink()
    with sqlite3.connect(folder / "formflow.sqlite") as database:
        for (name,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute(f"drop trigger {name}")
        TAMPERINGS[what](database)
    assert check(tmp_path).problems, what


def test_rows_cannot_be_changed_by_a_mistake_of_ours(tmp_path: Path) -> None:
    folder = a_register(tmp_path)
    with (
        sqlite3.connect(folder / "formflow.sqlite") as database,
        pytest.raises(sqlite3.IntegrityError, match="only ever added"),
    ):
        database.execute("update arrivals set outcome = 'returned'")


def test_a_decision_that_comes_out_differently_is_found(tmp_path: Path) -> None:
    a_register(tmp_path)
    rules = the_rules()
    report = verify(
        tmp_path / "register", lambda case, on, receipt, history: decide(case, rules, on + timedelta(days=30))
    )
    assert len(report.problems) == 2


def test_no_name_is_in_the_audit_chain(tmp_path: Path) -> None:
    folder = a_register(tmp_path)
    with sqlite3.connect(folder / "formflow.sqlite") as database:
        lines = str(database.execute("select * from audit").fetchall())
    assert "Ashby" not in lines
    assert "Jordan" not in lines


def test_nothing_a_register_holds_shows_a_name_in_its_repr(tmp_path: Path) -> None:
    with opened(tmp_path) as register:
        take_one(register, tmp_path)
        for thing in (*register.entries(), *register.cases(), a_submission(), a_case()):
            assert "Ashby" not in repr(thing)


def a_history_of_two(tmp_path: Path) -> Path:
    """Two cases of the same theme, the second decided with the first in view."""
    history, rules = History(), the_rules()
    with opened(tmp_path) as register:
        for content in (b"first", b"second"):
            path = tmp_path / "dropped.docx"
            path.write_bytes(content)
            ref = register.next_ref("SIN", 2026)
            case = Case(ref, (a_submission((), abuse_type=("neglect",)),), (TODAY,))
            receipt = rules.receipt() | {"history": history.fingerprint(ref)}
            made = decide(case, rules, TODAY, history)
            register.take(take(path, NOON), "J A.docx", ref, case.submissions[0], made, receipt)
            history.learn(case)
    return tmp_path / "register"


def test_a_decision_that_rests_on_earlier_cases_is_made_again_with_those_there_were_then(tmp_path: Path) -> None:
    a_history_of_two(tmp_path)
    with opened(tmp_path, writing=False) as register:
        first, second = register.cases()
    found = {record.ref: {f.key: f for f in record.decision.findings} for record in (first, second)}
    assert found["SIN-2026-001"]["recurrent_themes"].result == "cannot_tell"
    assert found["SIN-2026-002"]["recurrent_themes"].result == "may_be_met"
    assert [e.ref for e in found["SIN-2026-002"]["recurrent_themes"].beside] == ["SIN-2026-001"]
    assert check(tmp_path).problems == ()


def test_a_decision_that_was_worked_out_otherwise_is_found_with_the_part_that_differs(tmp_path: Path) -> None:
    a_history_of_two(tmp_path)
    rules = the_rules()
    report = verify(tmp_path / "register", lambda case, on, receipt, history: decide(case, rules, on))
    assert len(report.problems) == 1
    assert "SIN-2026-002" in report.problems[0]
    assert "findings" in report.problems[0]


def test_a_register_that_lost_an_earlier_case_is_found_through_the_receipt(tmp_path: Path) -> None:
    history, rules = History(), the_rules()
    history.learn(a_case((), abuse_type=("neglect",)))
    with opened(tmp_path) as register:
        path = tmp_path / "dropped.docx"
        path.write_bytes(b"form")
        case = Case("SIN-2026-002", (a_submission((), abuse_type=("neglect",)),), (TODAY,))
        receipt = rules.receipt() | {"history": history.fingerprint("SIN-2026-002"), "form": "0" * 64}
        made = decide(case, rules, TODAY, history)
        register.take(take(path, NOON), "J A.docx", case.ref, case.submissions[0], made, receipt)
    words = " ".join(check(tmp_path).problems)
    assert "other earlier cases" in words
    assert "another form" in words
