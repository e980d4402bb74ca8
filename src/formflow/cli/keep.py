"""Keeping: backups of a working folder, and putting one back."""

from __future__ import annotations

from pathlib import Path

from formflow.cli import show
from formflow.cli.work import now
from formflow.recording.several.address import shown
from formflow.service.keeping.backup import backup as write_backup
from formflow.service.keeping.backup import restore as put_back
from formflow.service.standing import note_backup
from formflow.settings import WorkingFolder


def backup(target: Path, folder: Path) -> None:
    """Write a backup and say what is in it."""
    working = WorkingFolder.open(folder)
    made = write_backup(working, target, now())
    note_backup(working, now())
    show.title("The backup is made")
    show.table(("", ""), [("File", str(made.path)), ("Forms in it", str(made.forms)), ("Files in it", str(made.files))])
    if made.left:
        show.out.print("Open in another program just now, and so not in it: " + "; ".join(made.left), soft_wrap=True)
    if not made.noted:
        show.out.print(
            "It could not be noted in the folder of the register, where this account may not write: when a case is "
            "erased later, formflow does not name this backup. Keep a list of them, or give the account that right.",
            soft_wrap=True,
        )
    show.out.print("It holds personal data of children: keep it where only those may look who may see the cases.")
    show.last(f'To put it back into a new folder: formflow restore "{made.path}" NEW_FOLDER')


def restore(path: Path, folder: Path) -> None:
    """Put a backup back into a new folder."""
    count = put_back(path, folder)
    show.title(f"{folder.resolve()} is put back")
    show.out.print(f"{count} files were put back, each as it was. The register is in {folder.resolve() / 'register'};")
    show.out.print('if your settings name another "register_folder", move it there before you start.')
    if address := WorkingFolder.open(folder).settings.register_address:
        show.out.print(
            f"The settings name {shown(address)}. What was put back is a file: to use it, take that line out of "
            "formflow.toml, or bring it to an empty database: formflow register move --from file --to ADDRESS"
        )
    show.last(f'To see that all is as it was recorded: formflow verify --folder "{folder.resolve()}"')
