"""No name of a form or its file gets into a log line, onto standard error, into an error, an audit line or a name."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from formflow import log_lines
from formflow.extracting.form import Form
from formflow.inbox import take as taking
from formflow.recording.tables import audit
from formflow.rendering.forms.fill_pdf import fill_pdf
from formflow.rendering.forms.fill_word import fill_word
from formflow.service.run import run
from formflow.service.watch import Watch
from formflow.validating.submission import Submission
from formflow.validating.validate import validate
from keyrings import locked_word
from loud import printing
from makers import (
    NOON,
    SOUND,
    TODAY,
    a_pipeline,
    a_working_folder,
    blank_form,
    blank_later_form,
    blank_pdf_form,
    the_dictionary,
)
from reading.mail_maker import WORD, attach, letter
from template_cases import a_template

NAME, OTHER = "Zebulonix", "Marrowby"
FILE = f"{NAME} {OTHER} dob 3 Feb 2019"
WORDS = {
    "text": f"{NAME} {OTHER}",
    "long_text": f"{OTHER}s mother, {NAME}",
    "phone": f"07700 900123 {NAME}",
    "email": f"{NAME}@{OTHER}.example",
}
BROKEN = (
    f"%PDF-1.7\n1 0 obj << /T ({NAME} {OTHER}) /V {NAME} >> endobj trailer << {NAME} >> startxref\n9\n%%EOF".encode()
)


def planted(form: str = "", /, **answers: object) -> dict[str, object]:
    """Answers in which every place that takes words holds the names."""
    held: dict[str, object] = {}
    for asked in the_dictionary().of(form).fields.values():
        if asked.type in WORDS and asked.id != "case_ref" and "_P" not in asked.id:
            held[asked.id.replace("_N_", "_1_")] = WORDS[asked.type]
    return held | answers


def sound(**answers: object) -> dict[str, object]:
    kept = {field: value for field, value in SOUND.items() if field not in planted()}
    return planted(**kept) | answers


def a_word_form(**answers: object) -> bytes:
    return fill_word(blank_form(), sound(**answers), the_dictionary())


def forms() -> Iterator[tuple[str, bytes]]:
    """What is dropped: each with the names in it, and in its own name."""
    good = a_word_form()
    yield "good.docx", good
    yield "again.docx", good
    yield "good.pdf", fill_pdf(blank_pdf_form(), sound(child_1_dob="2014-04-04"), the_dictionary())
    yield "to mend.docx", a_word_form(nature=(), la_aware_date="not a date")
    yield "cut.docx", good[: len(good) // 2]
    yield "cut.pdf", BROKEN
    yield "locked.docx", locked_word(good, f"{NAME}{OTHER}")
    yield "entity.docx", hostile(good)
    yield "notes.docx", plain_word()
    yield "list.xlsx", b"PK\x03\x04 " + NAME.encode()
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NAME.encode("utf-16-le") * 90
    for kind in ("air", "cup"):
        content = fill_word(
            blank_later_form(kind),
            planted(f"formflow-{kind}-1", case_ref="SIN-2026-001"),
            the_dictionary().of(f"formflow-{kind}-1"),
        )
        yield f"{kind}.docx", content
    message = attach(letter(f"About {NAME} {OTHER}", f"<p>{NAME}</p>", subject=FILE), f"{FILE}.docx",
                     a_word_form(child_1_dob="2011-01-01"), f"application/{WORD}")  # fmt: skip
    yield "mail.eml", bytes(attach(message, f"{FILE} notes.docx", plain_word(), f"application/{WORD}"))
    yield "empty mail.eml", bytes(letter(f"Call me about {NAME}.", subject=FILE))


def hostile(good: bytes) -> bytes:
    """The form with an entity that names a file, in its body."""
    from zipfile import ZipFile

    out = io.BytesIO()
    with ZipFile(io.BytesIO(good)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                entity = f'<!DOCTYPE {NAME} [<!ENTITY {OTHER} SYSTEM "file:///{NAME}">]>'.encode()
                content = entity + content.partition(b"?>")[2] if content.startswith(b"<?xml") else entity + content
            new.writestr(name, content)
    return out.getvalue()


def plain_word() -> bytes:
    import docx

    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph(f"Notes of a visit to {NAME} {OTHER}.")
    made.save(out)
    return out.getvalue()


@contextmanager
def logging_everything(kind: log_lines.Kind) -> Iterator[io.StringIO]:
    """As a process of formflow begins, with debug lines asked of everybody; afterwards as it was."""
    root, ours, out = logging.root, logging.getLogger("formflow"), io.StringIO()
    before = (root.handlers[:], root.level, ours.level, logging.raiseExceptions)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    log_lines.begin(out)
    log_lines.choose(kind, each_form=True)
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    try:
        yield out
    finally:
        logging.captureWarnings(capture=False)
        root.handlers[:], root.level, ours.level, logging.raiseExceptions = before
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        root.setLevel(before[1])
        ours.setLevel(before[2])


@dataclass
class Told:
    """Everything that got out of a long day, but for the papers' content."""

    places: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    became: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A day on which everything happens that can."""
    folder = a_working_folder(tmp_path_factory.mktemp("told") / "work")
    (folder.templates / "returned" / "what-to-mend.docx").write_bytes(
        a_template("{{ ref }} {{ {}[file_name] }}", header="{{ marking }}")
    )
    (folder.templates / "panel" / "panel-notice.docx").write_bytes(
        a_template("{{ ref }} {{ {}[duty.title ~ ref] }}", header="{{ ref }} {{ marking }}")
    )
    told = Told()
    with pytest.MonkeyPatch.context() as patched, logging_everything("json") as lines:
        patched.setattr(taking, "_content", refusing(taking._content))
        patched.setattr("formflow.pipeline.validate", failing(validate))
        with a_pipeline(folder.root) as pipeline:
            drop(folder.inbox, dict(forms()))
            done = run(pipeline, lambda: NOON)
            (folder.outbox / ".~lock.Case tracker.xlsx#").write_text(f",{NAME},{OTHER},now,;")
            drop(folder.inbox, {"denied.docx": a_word_form(), "faulty.docx": a_word_form(incident_place="FAULTY")})
            Watch(pipeline, lambda: NOON).once()
            told.became = [result.became for result in done.results]
            told.places |= {f"says {number}": result.says for number, result in enumerate(done.results)}
            told.places |= {f"result {number}": repr(result) for number, result in enumerate(done.results)}
            told.places |= {f"left {number}": one.says for number, one in enumerate(done.left)}
            told.places |= {"troubles": " ".join(map(str, pipeline.delivery.renderer.troubles()))}
            with pipeline.register._engine.connect() as connection:
                told.places["audit"] = str(connection.execute(select(audit)).all())
    told.lines = lines.getvalue().splitlines()
    for root in (folder.outbox, folder.register):
        told.places[root.name] = "\n".join(str(path.relative_to(root)) for path in root.rglob("*"))
    return told


def drop(inbox: Path, content: dict[str, bytes]) -> None:
    (inbox / FILE).mkdir(exist_ok=True)
    for name, form in content.items():
        (inbox / FILE / f"{FILE} {name}").write_bytes(form)


def refusing(content: object) -> object:
    def refused(path: Path) -> bytes:
        if "denied" in path.name:
            raise PermissionError(13, "Permission denied", str(path))
        assert callable(content)
        read = content(path)
        assert isinstance(read, bytes)
        return read

    return refused


def failing(checked: object) -> object:
    def failed(form: Form, *given: object) -> Submission:
        if any("FAULTY" in str(answer.value) for answer in form.answers.values()):
            raise RuntimeError(f"{NAME} {OTHER} broke it")
        assert callable(checked)
        made = checked(form, *given)
        assert isinstance(made, Submission)
        return made

    return failed


def names_in(text: str) -> bool:
    return NAME.casefold() in text.casefold() or OTHER.casefold() in text.casefold()


def test_all_of_it_happened(told: Told) -> None:
    assert {"taken", "returned", "duplicate", "opened", "enclosed"} <= set(told.became)
    assert told.became.count("taken") >= 4
    levels = [json.loads(line)["level"] for line in told.lines]
    assert {"INFO", "WARNING", "ERROR"} <= set(levels)
    whole = "\n".join(told.lines)
    assert "RuntimeError in test_nothing_told.py" in whole
    assert "tracker is open in another program" in whole
    assert "what-to-mend" in told.places["troubles"] + whole


def test_no_name_is_in_a_log_line(told: Told) -> None:
    assert [line for line in told.lines if names_in(line)] == []


def test_no_name_is_in_an_error_an_audit_line_or_the_name_of_a_file(told: Told) -> None:
    assert {place: text for place, text in told.places.items() if names_in(text)} == {}


def test_each_json_line_is_one_object_with_the_same_keys(told: Told) -> None:
    lines = [json.loads(line) for line in told.lines]
    assert all(tuple(line) == log_lines.KEYS for line in lines)
    forms = [line for line in lines if line["arrival"]]
    taken = next(line for line in forms if line["outcome"] == "taken")
    assert (taken["case"], taken["version"], taken["reason"]) == ("SIN-2026-001", 1, None)
    assert isinstance(taken["milliseconds"], int)
    assert {line["reason"] for line in forms} >= {"to-mend", "damaged", "password", "unsafe-xml"}


@pytest.mark.parametrize("words", [("decide", "--on", str(TODAY)), ("layout", "learn")])
def test_no_name_is_on_standard_error_of_a_command(tmp_path: Path, words: tuple[str, ...]) -> None:
    form = tmp_path / f"{FILE}.docx"
    form.write_bytes(b"PK\x03\x04" + NAME.encode())
    done = subprocess.run(
        [sys.executable, "-m", "formflow", *words, str(form)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode in (2, 3)
    assert done.stderr.startswith("formflow: ")
    assert not names_in(done.stderr.replace(str(tmp_path), ""))


@pytest.mark.parametrize("kind", ["text", "json"])
def test_what_libraries_say_of_a_file_is_left_out(kind: log_lines.Kind) -> None:
    with logging_everything(kind) as out:
        for library in ("pypdf", "pikepdf", "fontTools.ttLib", "sqlalchemy.engine.Engine", "msoffcrypto", ""):
            for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.CRITICAL):
                logging.getLogger(library).log(level, "value of %s", NAME, extra={"more": NAME})
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn(f"cell {NAME} cannot be read", stacklevel=1)
        try:
            raise ValueError(NAME)
        except ValueError:
            logging.getLogger("formflow").exception("It went wrong.")
        ended = threading.Thread(target=lambda: int(NAME))
        ended.start()
        ended.join()
        logging.getLogger("formflow").warning("%d", NAME)  # a line that cannot be written
    lines = out.getvalue().splitlines()
    assert not names_in(out.getvalue())
    assert sum("is left out" in line for line in lines) == 13
    assert sum("ValueError in test_nothing_told.py" in line for line in lines) == 2


def test_a_child_process_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    from formflow.reading.held import Held

    child = Held.begin(printing, memory=0, name="formflow-printing")
    assert child.pipe.recv() == "done"
    child.end()
    assert "".join(capfd.readouterr()) == ""
