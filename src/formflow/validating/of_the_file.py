"""What the file itself makes a person look at: pages that are pictures, changes not accepted, things not read."""

from __future__ import annotations

from collections.abc import Mapping

from formflow.extracting.brackets import DECISION
from formflow.extracting.dictionary import Level

OF_THE_FILE: Mapping[str, tuple[Level, str]] = {
    "revisions": (
        "query",
        "The form holds tracked changes that nobody has accepted. Please accept or reject them and send it again.",
    ),
    "picture-pages": (
        "query",
        "Some pages of the form are pictures, and what stands on them was not read. Please look at those pages, and "
        "add by hand what they answer.",
    ),
    "damaged-part": (
        "query",
        "A part of the file is damaged and was not read. Please check the answers against the form.",
    ),
    "drawn-marks": ("query", "Someone drew on the form (a ring, a line or a cross). Please look at what it marks."),
    "drawn-on": ("query", "Someone drew on the form (a ring, a line or a cross). Please look at what it marks."),
    DECISION: (
        "query",
        "The form holds a recommendation in brackets of which a part is struck out. It was not taken over: please read "
        "it there, and record what was decided with the decision form.",
    ),
    "attachments": ("note", "Other documents are embedded in the form; they were not read."),
    "converted": (
        "query",
        "The form was saved in an old format or by another program, and was read through a conversion. Please "
        "check its answers against the form, or ask for it as Word (.docx) or PDF.",
    ),
    "charset": (
        "query",
        "Some letters of the e-mail may be wrong (names with accents). Please check them against the e-mail.",
    ),
    "macros": ("note", "The file holds macros. They were not run."),
}
"""For a note on a form: whether it is a question, and what is said; in this order."""
