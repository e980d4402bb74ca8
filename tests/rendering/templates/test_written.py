from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from formflow import shipped
from formflow.rendering import word_kit as kit
from formflow.rendering.render import Renderer
from formflow.rendering.templates.written import faults
from template_cases import a_template, every_case

CASES = every_case()
LOOKED_AT = (": a death", "to mend", "for sharing, share", "for sharing, key")
"""The ends of the cases that LibreOffice opens: one for each template."""


@pytest.mark.parametrize("case", CASES)
def test_every_paper_of_every_case_holds_what_word_asks_for(case: str) -> None:
    event, words = CASES[case]
    for paper in Renderer(shipped.templates()).render(event, words, "{doc}"):
        assert faults(paper.content) == (), paper.name


def a_table(cell: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl><w:p></w:p>"


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("a cell does not end with a paragraph", a_table("<w:tc><w:tcPr/></w:tc>")),
        ("a cell does not end with a paragraph", a_table(f"<w:tc><w:p/>{a_table('<w:tc><w:p/></w:tc>')[:-11]}</w:tc>")),
        ("a row has no cell", a_table("")),
        ("a table has no row", "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid></w:tbl>"),
        ('the style "Missing"', kit.para(kit.run("x"), style="Missing")),
        ('refers to "rId99"', '<w:p><w:hyperlink r:id="rId99"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'),
        ("words stand where Word allows none", "<w:p>loose words</w:p>"),
        ("drawings have the number 7", "".join(
            '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
            f'wordprocessingDrawing"><wp:docPr id="7" name="{name}"/></wp:inline></w:drawing></w:r></w:p>'
            for name in "ab"
        )),
    ],
)  # fmt: skip
def test_what_makes_word_complain_is_named(what: str, body: str) -> None:
    assert any(what in fault for fault in faults(a_template(body)))


def test_what_is_no_word_file_is_said_to_be_none() -> None:
    assert "cannot be opened" in faults(b"not a zip file")[0]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed here")
def test_libreoffice_opens_every_shipped_template_filled(tmp_path: Path) -> None:
    papers = []
    for event, words in (held for case, held in CASES.items() if case.endswith(LOOKED_AT)):
        papers += Renderer(shipped.templates()).render(event, words, f"{event} {{doc}}")
    for paper in papers:
        (tmp_path / paper.name).write_bytes(paper.content)
    names = sorted(str(path) for path in tmp_path.glob("*.docx"))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path / "out"), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    made = {path.stem: path.read_bytes() for path in (tmp_path / "out").glob("*.pdf")}
    assert set(made) == {Path(name).stem for name in names}
    assert all(content.startswith(b"%PDF") and len(content) > 5000 for content in made.values())
