"""Making: a working folder, blank forms, and the demonstration."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from formflow import shipped
from formflow.cli import show
from formflow.cli.work import now, run_with_bar, tell_run
from formflow.errors import Stop
from formflow.inbox.sentinel import read_mark, write_mark
from formflow.outbox.put import put
from formflow.pipeline import Pipeline, the_dictionary
from formflow.recording.register import Register
from formflow.rendering.forms.blank_pdf import blank_pdf
from formflow.rendering.forms.blank_plan import load_blank
from formflow.rendering.forms.blank_word import blank_word
from formflow.rendering.forms.samples import make_samples
from formflow.settings import WorkingFolder, load

_WORDS = {
    "inbox": "Drop completed forms here: Word or PDF, as they are. formflow takes them, and what becomes of each "
    "appears in the outbox.\n",
    "outbox": "What formflow makes appears here: the case tracker, a folder for each case with its papers, and forms "
    "that were returned with a page saying what to mend.\n",
    "layouts": "If your partnership has a form of its own, its layout goes here: formflow layout learn BLANK_FORM "
    "drafts it. Without one, every answer on that form is to be checked.\n",
}


def init(folder: Path) -> None:
    """Make a working folder and say what is in it."""
    made = make_folder(folder)
    show.title(f"{made} is ready")
    show.table(
        ("", ""),
        [
            ("formflow.toml", "settings: who you are, and how the clocks run"),
            ("blank forms", "the forms of the whole process to send out, as Word and as PDF"),
            ("inbox", "drop completed forms here"),
            ("layouts", "layouts of your own forms, if you have any"),
            ("outbox", "the tracker and the papers appear here"),
            ("templates", "the Word templates of the papers, yours to edit"),
        ],
    )
    show.last(f'To take forms as they arrive: {_command()} watch --folder "{made}"')


def blank(folder: Path, *, pdf: bool) -> None:
    """Write the partnership's blank forms, and the PDF forms as well if asked."""
    written = write_blanks(WorkingFolder.open(folder).root, pdf=pdf)
    show.title("Blank forms are ready to send out")
    for path in written:
        show.out.print(f"  {path}", soft_wrap=True)


def demo(folder: Path | None) -> None:
    """Make a throw-away working folder, drop sample forms in it, take them, and say where to look."""
    root = _throw_away(folder) if folder else Path(tempfile.mkdtemp(prefix="formflow-demo-"))
    make_folder(root)
    _drop_samples(root)
    with Pipeline.open(WorkingFolder.open(root), now) as pipeline:
        done = run_with_bar(pipeline)
    tell_run(done, root / "outbox")
    first = next((r.entry.case_ref for r in done.results if r.entry and r.became == "taken"), "")
    show.last("Open, for instance:")
    for path in (
        root / "outbox" / "Case tracker.xlsx",
        root / "outbox" / "cases" / first,
        root / "outbox" / "returned",
    ):
        show.out.print(f"  {path}", soft_wrap=True)
    show.last("All of it is invented. To keep watching that inbox and take what you drop in it:")
    show.out.print(f'  {_command()} watch --folder "{root}"', soft_wrap=True)


def make_folder(folder: Path) -> Path:
    """A working folder at `folder`; what is already there is left as it is. Gives its full path."""
    root = folder.resolve()
    if root.is_file():
        raise Stop(f"{root} is a file, so no working folder can be made there. Choose another name.")
    for name, words in _WORDS.items():
        _write_new(root / name / "READ ME.txt", words.encode())
    for template in sorted(shipped.templates().rglob("*.docx")):
        _write_new(root / "templates" / template.relative_to(shipped.templates()), template.read_bytes())
    _write_new(root / "formflow.toml", shipped.text("formflow.toml").encode())
    _mark_inboxes(WorkingFolder(root, load(root / "formflow.toml")))
    write_blanks(root, pdf=True)
    return root


def _mark_inboxes(folder: WorkingFolder) -> None:
    """Mark each inbox that is there and lacks its mark, with the id that the register knows it by."""
    with Register.of(folder, now, writing=False) as register:
        known = register.signs.inboxes()
    for place in folder.inboxes:
        if place.path.is_dir() and not read_mark(place.path):
            there = known.get(place.name)
            write_mark(place.path, there.mark if there and there.path == str(place.path) else "")


def write_blanks(root: Path, *, pdf: bool) -> list[Path]:
    """The blank forms of the whole process, written into "blank forms" of the working folder."""
    dictionary = the_dictionary()
    partnership = load(root / "formflow.toml").partnership
    written: list[Path] = []
    for asked in (dictionary, *dictionary.others.values()):
        word = root / "blank forms" / f"{load_blank(asked.form).file_name}.docx"
        put(word, blank_word(asked, partnership))
        written.append(word)
        if pdf:
            put(word.with_suffix(".pdf"), blank_pdf(asked, partnership))
            written.append(word.with_suffix(".pdf"))
    return written


def _drop_samples(root: Path) -> None:
    dictionary = the_dictionary()
    for sample in make_samples(now().date(), dictionary, load(root / "formflow.toml").partnership):
        (root / "inbox" / sample.name).write_bytes(sample.content)


def _throw_away(folder: Path) -> Path:
    """Make room for a demonstration, but never by removing anything that is not one."""
    mark = folder / ".formflow-demo"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise Stop(f"{folder} is not empty and not an earlier demonstration. Choose a new folder with --folder.")
    if mark.exists():
        for path in (folder / "register").rglob("*"):
            path.chmod(0o700)  # Windows removes no file that is read-only, and the originals are
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text("This folder was made by formflow demo and may be thrown away.\n", encoding="utf-8")
    return folder.resolve()


def _write_new(path: Path, content: bytes) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _command() -> str:
    """How to call formflow from here: by its name if it is on the path, else in full."""
    return "formflow" if shutil.which("formflow") else str(Path(sys.argv[0]))
