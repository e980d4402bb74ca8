"""Drawing the status page: the same state as the tracker's, for people without Excel."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from formflow.errors import TryLater
from formflow.outbox.put import put
from formflow.pipeline import Pipeline
from formflow.recording.proof.anchors import said
from formflow.rendering.status.state import Gathering, state_of
from formflow.rendering.status.status_page import status_page
from formflow.service.tracker.lines import desk_of, lines_of

NAME = "status.html"


def put_status(pipeline: Pipeline, made_at: datetime, seen: Gathering | None = None) -> None:
    """Put the status page in the outbox; while something holds it, the next refresh does.

    `seen` is what was gathered while the tracker was drawn; without it the cases are gone through here.
    """
    told = [str(one) for one in pipeline.delivery.renderer.troubles()]
    if seen is None:
        lines, desk = lines_of(pipeline, made_at), desk_of(pipeline, made_at)
        state = state_of(lines, pipeline.register.intake(), desk, made_at, told)
    else:
        state = seen.state(told)
    with suppress(TryLater):
        put(pipeline.folder.outbox / NAME, status_page(replace(state, record=said(pipeline.register.head()))))
