"""Draws the Word templates that formflow ships; afterwards they are ordinary files that a partnership edits in Word.

python scripts/make_templates.py [FOLDER]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from template_design.action_plan import action_plan
from template_design.agency_request import agency_request
from template_design.appointment import appointment
from template_design.chronology import chronology
from template_design.correction import what_changed
from template_design.hand_over import hand_over
from template_design.learning_sheet import learning_sheet
from template_design.letters_decision import decision, reviewer_named, to_referrer, withdrawal
from template_design.letters_incident import to_other_area, to_partners, to_secretary_of_state
from template_design.letters_review import before_publication, delay, new_information
from template_design.notice import notice
from template_design.partners_decision import partners_decision
from template_design.report import report
from template_design.returned import what_to_mend
from template_design.share import check_before_sharing, key_sheet

TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "notification/rapid-review-report.docx": report,
    "panel/panel-notice.docx": notice,
    "correction/what-changed.docx": what_changed,
    "agency-return/combined-chronology.docx": chronology,
    "returned/What to mend.docx": what_to_mend,
    "share/check-before-sharing.docx": check_before_sharing,
    "key/key-sheet.docx": key_sheet,
    "agencies/agency-request.docx": agency_request,
    "partners-decision/partners-decision.docx": partners_decision,
    "reviewer/reviewer-appointment.docx": appointment,
    "actions/action-plan.docx": action_plan,
    "learning/learning-sheet.docx": learning_sheet,
    "legacy/hand-over.docx": hand_over,
    "partners/partners-notice.docx": to_partners,
    "other-areas/other-area-notice.docx": to_other_area,
    "secretary-of-state/secretary-of-state-notice.docx": to_secretary_of_state,
    "decision/decision-notice.docx": decision,
    "reviewer-named/reviewer-named.docx": reviewer_named,
    "new-information/changed-decision.docx": new_information,
    "withdrawn/withdrawal-notice.docx": withdrawal,
    "delay/delay-notice.docx": delay,
    "publication/publication-notice.docx": before_publication,
    "referrer/referrer-outcome.docx": to_referrer,
}
"""Every template by its place in the folder, and what draws it."""


def main() -> None:
    """Write every template into its folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "templates"
    for name, draw in TEMPLATES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(draw())


if __name__ == "__main__":
    main()
