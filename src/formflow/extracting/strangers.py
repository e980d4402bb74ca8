"""Documents that are no form of ours: saying so plainly, and warning where a child may need help now."""

from __future__ import annotations

import re

from formflow.extracting.form import Form, Found
from formflow.reading.document import Document

_CHILD_REFERRAL = re.compile(
    r"\b(?:marf|mash|safer|multi-agency referral|referral to children'?s (?:social care|services)|"
    r"children'?s social care referral|consent to (?:refer|this referral)|child protection referral)\b",
    re.IGNORECASE,
)

_UNKNOWN = (
    "This is not a form that formflow knows. If it is a notification, please use the partnership's own form (see the "
    'folder "blank forms"), or pass it to the business unit by e-mail.'
)
_REFERRAL = (
    "This looks like an ordinary referral to children's social care, not a notification for review. If a child may "
    "need help now, send it to children's social care at once or telephone them: nobody acts on it here."
)


def not_our_form(document: Document, found: tuple[Found, ...]) -> Form:
    """A form of kind `not-a-form`, with the sentence for its sender."""
    words = " ".join(line.text for line in document.lines[:400])
    words += " ".join(cell.text for table in document.tables[:60] for row in table.rows for cell in row)
    says = _REFERRAL if len(_CHILD_REFERRAL.findall(words.replace("’", "'"))) >= 1 else _UNKNOWN
    return Form("not-a-form", "", "unknown", {}, found, document.notes, "not-a-form", says)
