"""Makes the invented forms that docs/how-to/bring-your-own-form.md goes through: one blank, two filled in."""

from __future__ import annotations

from pathlib import Path

from docx import Document

WHERE = Path(__file__).parents[1] / "tests" / "docs"

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("1. Person telling us", ("Name", "Job title", "Agency", "Tel", "Secure e-mail", "Date of this notification")),
    ("2. The child", ("Surname", "Forename(s)", "Date of birth", "Gender", "Ethnicity", "Home address", "NHS number",
                      "School or nursery", "Kin-led nickname", "Subject to a child protection plan? Now / In the past / Never")),
    ("3. What happened", ("Date of incident", "Place of incident", "Did the child die or suffer serious harm?",
                          "Is abuse or neglect known or suspected?", "What happened?",
                          "Day the council's front door knew of it", "Date paper copy filed")),
    ("4. Keeping children safe", ("Immediate action taken", "Are other children at risk?")),
)  # fmt: skip

FILLED: dict[str, dict[str, str]] = {
    "harbourside-filled-1.docx": {
        "Name": "Maya Lund", "Job title": "Team Manager", "Agency": "Harbourside Children's Services",
        "Tel": "01632 960211", "Secure e-mail": "maya.lund@harbourside.example", "Date of this notification": "16/03/2026",
        "Surname": "Ferris", "Forename(s)": "Tobias", "Date of birth": "04/07/2023", "Gender": "Male",
        "Ethnicity": "White British", "Home address": "3 Quay Steps, Harbourside, HB1 2CD", "NHS number": "999 054 8609",
        "School or nursery": "Little Anchors Nursery", "Kin-led nickname": "Toby",
        "Subject to a child protection plan? Now / In the past / Never": "Never", "Date of incident": "12/03/2026",
        "Place of incident": "At home", "Did the child die or suffer serious harm?": "Serious harm",
        "Is abuse or neglect known or suspected?": "Suspected",
        "What happened?": "Tobias was brought to hospital with a fracture that the carers could not explain.",
        "Day the council's front door knew of it": "13/03/2026", "Date paper copy filed": "17/03/2026",
        "Immediate action taken": "Tobias is in hospital; his sister stays with an aunt.",
        "Are other children at risk?": "No",
    },
    "harbourside-filled-2.docx": {
        "Name": "Dev Rao", "Job title": "Named Nurse", "Agency": "Harbourside Community Health",
        "Secure e-mail": "dev.rao@harbourside.example", "Date of this notification": "2 April 2026",
        "Surname": "Okello", "Forename(s)": "Ruth", "Date of birth": "19 May 2011", "Gender": "Female",
        "Home address": "11 Tide Row, Harbourside", "Date of incident": "on or around 30 March 2026",
        "Place of incident": "Harbourside beach", "Did the child die or suffer serious harm?": "Died",
        "Is abuse or neglect known or suspected?": "Suspected", "What happened?": "Ruth died after she was missing for a day.",
        "Day the council's front door knew of it": "31/03/2026",
        "Immediate action taken": "Her brothers are with their grandmother.", "Are other children at risk?": "Not known",
    },
}  # fmt: skip


def make(answers: dict[str, str], name: str) -> None:
    """Write one form, each question in a row with its answer beside it."""
    paper = Document()
    paper.sections[0].footer.paragraphs[0].text = "HSP/SIN/2 - issued March 2025"
    paper.add_paragraph("Harbourside Safeguarding Partnership")
    paper.add_heading("Serious incident notification to the Harbourside partners", 1)
    for heading, labels in SECTIONS:
        paper.add_heading(heading, 2)
        table = paper.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for label in labels:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(label).bold = True
            cells[1].text = answers.get(label, "")
    paper.save(str(WHERE / name))


if __name__ == "__main__":
    WHERE.mkdir(parents=True, exist_ok=True)
    make({}, "harbourside-blank.docx")
    for name, answers in FILLED.items():
        make(answers, name)
