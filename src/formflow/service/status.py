"""Drawing the status page: the same state as the tracker's, for people without Excel."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from formflow.errors import TryLater
from formflow.outbox.put import put
from formflow.pipeline import Pipeline
from formflow.rendering.status.state import state_of
from formflow.rendering.status.status_page import status_page
from formflow.service.lines import desk_of, lines_of

NAME = "status.html"


def put_status(pipeline: Pipeline, made_at: datetime) -> None:
    """Draw the status page as of now and put it in the outbox; while something holds it, the next refresh does."""
    told = [str(one) for one in pipeline.delivery.renderer.troubles()]
    state = state_of(lines_of(pipeline, made_at), pipeline.register.intake(), desk_of(pipeline, made_at), made_at, told)
    with suppress(TryLater):
        put(pipeline.folder.outbox / NAME, status_page(state))
