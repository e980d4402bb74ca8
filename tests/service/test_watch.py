from __future__ import annotations

import threading
import time
from pathlib import Path

from formflow.service.watch import Watch
from makers import NOON, a_form, a_pipeline, a_working_folder


def test_a_form_dropped_while_watching_is_taken_and_the_watch_ends_when_told(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    with a_pipeline(folder.root) as pipeline:
        watching = Watch(pipeline, lambda: NOON)
        thread = threading.Thread(target=watching.forever)
        thread.start()
        (folder.inbox / "form.docx").write_bytes(a_form())
        place = folder.outbox / "cases" / "SIN-2026-001"
        for _ in range(300):
            if list(place.glob("*_form_*.docx")):  # the form is moved in last, beside its papers
                break
            time.sleep(0.1)
        watching.end()
        thread.join(timeout=30)
        assert not thread.is_alive()
    assert {path.name.split("_")[1] for path in place.glob("*.docx")} >= {"form", "panel-notice", "rapid-review-report"}
    assert (folder.outbox / "Case tracker.xlsx").exists()


def test_a_share_that_is_away_is_waited_for_and_nothing_is_forgotten(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    with a_pipeline(folder.root) as pipeline:
        watching = Watch(pipeline, lambda: NOON)
        folder.inbox.rename(tmp_path / "away")
        watching.once()
        (tmp_path / "away").rename(folder.inbox)
        (folder.inbox / "form.docx").write_bytes(a_form())
        watching.once()
        assert [entry.outcome for entry in pipeline.register.entries()] == ["taken"]


def test_an_empty_file_is_waited_for_because_copies_begin_empty(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    with a_pipeline(folder.root) as pipeline:
        (folder.inbox / "form.docx").write_bytes(b"")
        watching = Watch(pipeline, lambda: NOON)
        watching.once()
        assert pipeline.register.entries() == ()
        (folder.inbox / "form.docx").write_bytes(a_form())
        watching.once()
        assert [entry.outcome for entry in pipeline.register.entries()] == ["taken"]


def test_a_file_that_is_still_growing_is_left_alone(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    settings = folder.root / "formflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("settle_seconds = 0.0", "settle_seconds = 60.0"))
    with a_pipeline(folder.root) as pipeline:
        (folder.inbox / "form.docx").write_bytes(a_form()[:5000])
        watching = Watch(pipeline, lambda: NOON)
        watching.once()
        assert pipeline.register.entries() == ()
        assert (folder.inbox / "form.docx").exists()
