"""Holds data to code and documentation to both, so that none can drift from the others."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from formflow import shipped
from formflow.cli.main import app
from formflow.deciding.edition import Guidance
from formflow.extracting.layout import Layouts
from makers import the_dictionary

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "formflow"
MODULES = sorted(SOURCE.rglob("*.py"))

OFFICE_LIBRARIES = (
    "docx",
    "docxtpl",
    "pikepdf",
    "pypdf",
    "pypdfium2",
    "openpyxl",
    "xlsxwriter",
    "sqlalchemy",
    "reportlab",
    "lxml",
)


def test_each_criterion_an_edition_names_exists_and_each_criterion_is_named_by_an_edition() -> None:
    files = {path.stem for path in (SOURCE / "deciding" / "criteria").glob("*.py")} - {"__init__"}
    named = {key for text in shipped.texts("guidance").values() for key in tomllib.loads(text)["criteria"]}
    assert files == named


def test_the_guidance_that_is_shipped_is_sound() -> None:
    assert Guidance.parse(shipped.texts("guidance")).editions


def test_the_layouts_that_are_shipped_are_sound() -> None:
    assert Layouts.parse(shipped.texts("layouts")).layouts


def test_every_word_a_sample_form_answers_is_a_question_of_the_dictionary() -> None:
    dictionary = the_dictionary()
    for name, text in shipped.texts("samples").items():
        sample = tomllib.loads(text)
        for field in sample.get("answers", {}):
            assert dictionary.of(sample.get("form", "")).field(field), f"{name}: {field}"


def test_every_command_is_in_the_docs_and_has_help() -> None:
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    registered = [command.callback for command in app.registered_commands if command.callback]
    assert len(registered) == len(app.registered_commands)
    for command in registered:
        assert f"`formflow {command.__name__}" in commands, command.__name__
        assert command.__doc__, command.__name__


def test_every_dependency_has_its_reason_in_the_docs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    for line in project["dependencies"]:
        name = re.split(r"[<>=\[ ]", line)[0]
        assert name in reasons, name


def test_the_lock_files_hold_hashes_and_no_registry_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert all(" \\" in line for line in text.splitlines() if "==" in line)


def test_thinking_loads_no_word_pdf_excel_or_database_library() -> None:
    code = (
        "import sys, formflow.deciding.decide, formflow.validating.validate, formflow.extracting.extract;"
        f"print([name for name in {OFFICE_LIBRARIES!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_asking_for_help_loads_no_office_library() -> None:
    code = f"import sys, formflow.cli.main; print([name for name in {OFFICE_LIBRARIES!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_one_subject_and_begins_with_its_caption(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    caption = ast.get_docstring(ast.parse(text))
    assert caption
    assert not caption.startswith("This module")


def test_the_faces_of_packages_hold_a_caption_and_nothing_else() -> None:
    for path in SOURCE.rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert len(body) == (2 if path.parent == SOURCE else 1), path


def test_nothing_is_silenced_without_its_reason() -> None:
    for path in MODULES:
        for line in path.read_text(encoding="utf-8").splitlines():
            for mark in re.findall(r"#\s*(?:noqa|type:\s*ignore).*", line):
                assert re.search(r"(noqa: [A-Z]+\d+|ignore\[[a-z-]+\]).*\s[-#]\s\w", mark), f"{path.name}: {mark}"


def test_words_the_house_does_not_use_are_in_no_name() -> None:
    banned = re.compile(r"(^|_)(manager|handler|processor|util|utils|helper|helpers|info)(_|$)", re.IGNORECASE)
    for path in MODULES:
        assert not banned.search(path.stem), path


SENTENCES = {"1": 6, "2": 25, "3": 9, "4": 1, "5": 7, "6": 3}
"""How many sentences of each section of the chapter oblige or permit something."""
CHAPTER = ROOT.parent / "shared" / "domain" / "chapter-10.1.txt"


def chapter_rows() -> list[list[str]]:
    """The rows of docs/chapter.md: number, quotation, code, form, paper, test."""
    lines = (ROOT / "docs" / "chapter.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d", line)]


def test_every_sentence_of_the_chapter_has_its_row() -> None:
    wanted = [f"{section}.{n}" for section, count in SENTENCES.items() for n in range(1, count + 1)]
    assert [row[0] for row in chapter_rows()] == wanted


@pytest.mark.parametrize("row", chapter_rows(), ids=lambda row: str(row[0]))
def test_what_the_chapters_table_names_is_there(row: list[str]) -> None:
    _, quotation, code, form, paper, test = row
    assert quotation.startswith('"')
    named = {column: re.findall(r"`([^`]+)`", text) for column, text in
             (("code", code), ("form", form), ("paper", paper), ("test", test))}  # fmt: skip
    assert named["code"]
    assert named["test"]
    assert named["paper"] or paper.startswith(("tracker", "to come: ", "the blank form"))
    assert all((SOURCE / path).is_file() for path in named["code"]), code
    assert all((SOURCE / "data" / path).is_file() for path in named["form"]), form
    assert all((ROOT / path).is_file() for path in named["paper"]), paper
    for entry in named["test"]:
        path, _, name = entry.partition("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        assert f'name = "{name}"' in text if path.endswith(".toml") else f"def {name}(" in text, entry


@pytest.mark.skipif(not CHAPTER.is_file(), reason="the chapter's text is not beside this checkout")
def test_the_chapters_table_quotes_the_chapter() -> None:
    chapter = " ".join(CHAPTER.read_text(encoding="utf-8").split()).casefold()
    for row in chapter_rows():
        assert " ".join(row[1].strip('"').split()).casefold() in chapter, row[0]
