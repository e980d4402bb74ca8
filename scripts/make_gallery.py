"""Draws the gallery of papers in docs/papers.md: the first page of each, from invented cases.

python scripts/make_gallery.py

Needs LibreOffice (soffice) and pdftoppm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from formflow import shipped  # noqa: E402 - the cases of the tests are found first
from formflow.rendering.papers.case_papers import draw  # noqa: E402
from formflow.rendering.papers.catalogue import catalogue  # noqa: E402
from formflow.rendering.papers.occasions import OCCASIONS  # noqa: E402
from formflow.rendering.render import Renderer  # noqa: E402
from letter_cases import CASES  # noqa: E402

PICTURES = ROOT / "docs" / "pictures" / "papers"
CHOSEN = ("harm suspected", "cross-border", "local review, reviewer named", "looked-after death", "withdrawn",
          "national review suggested", "review overdue", "report to be published", "national and local, with dissent",
          "full length")  # fmt: skip
"""The cases, in the order in which they are asked for a paper."""


def main() -> None:
    """Write the pictures and the page that shows them."""
    papers: dict[str, bytes] = {}
    renderer = Renderer(shipped.templates())
    for case in CHOSEN:
        for paper in draw(CASES[case].about(), (), renderer).papers:
            papers.setdefault(paper.name.split("_")[1], paper.content)
    wanted = {name: kind for event in catalogue().values() for name, kind in event.papers.items()}
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        for name in wanted.keys() & papers.keys():
            (Path(room) / f"{name}.docx").write_bytes(papers[name])
        files = sorted(str(path) for path in Path(room).glob("*.docx"))
        office = ["soffice", "--headless", f"-env:UserInstallation={(Path(room) / 'office').as_uri()}"]
        subprocess.run([*office, "--convert-to", "pdf", "--outdir", room, *files], check=True, capture_output=True)
        for path in sorted(Path(room).glob("*.pdf")):
            first = ["pdftoppm", "-r", "60", "-png", "-singlefile", str(path), str(path.with_suffix(""))]
            subprocess.run(first, check=True)
            page = Image.open(path.with_suffix(".png")).convert("RGB")
            page.quantize(48).save(PICTURES / f"{path.stem}.png", optimize=True)
    (ROOT / "docs" / "papers.md").write_text("\n".join(_page()), encoding="utf-8", newline="\n")


def _page() -> list[str]:
    lines = ["# The papers", "",
             "Every paper that formflow drafts, with the occasion on which it is drawn. Everybody in the pictures is "
             "invented. They are drawn by `scripts/make_gallery.py`; the templates lie in `templates/` and are yours to "
             "edit: [how](how-to/edit-the-templates.md).", ""]  # fmt: skip
    for folder, event in catalogue().items():
        for name, kind in event.papers.items():
            when = (OCCASIONS[event.when].__doc__ or "").strip()
            lines += [f"## {kind.title}", "", f"`templates/{folder}/{name}.docx`. Drawn when: {when}", ""]
            if (PICTURES / f"{name}.png").exists():
                alt = f"The first page of: {kind.title}"
                lines += [f'<img src="pictures/papers/{name}.png" width="420" alt="{alt}">', ""]
    return lines


if __name__ == "__main__":
    main()
