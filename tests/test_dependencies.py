"""No lock file goes back behind a fault that is known to matter here, and what the page on security names is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
FAULTS = tomllib.loads((ROOT / "tests" / "known-faults.toml").read_text(encoding="utf-8"))["fault"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned(lock: str) -> dict[str, Version]:
    """What a lock file installs."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


def bounds() -> dict[str, Version]:
    """The oldest version of each dependency that the project allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(line) for line in project["dependencies"]]
    return {
        canonicalize_name(each.name): Version(one.version)
        for each in asked
        for one in each.specifier
        if one.operator == ">="
    }


def behind(versions: dict[str, Version], fault: dict[str, str]) -> bool:
    """Whether the version is one that has the fault; a library that is not there has none."""
    there = versions.get(canonicalize_name(fault["package"]))
    return there is not None and there < Version(fault["fixed"])


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_file_holds_a_version_with_a_known_fault(lock: str) -> None:
    versions = pinned(lock)
    assert len(versions) > 20
    assert [f"{fault['package']}: {fault['why']}" for fault in FAULTS if behind(versions, fault)] == []


def test_the_project_allows_no_version_with_a_known_fault() -> None:
    assert [f"{fault['package']}: {fault['why']}" for fault in FAULTS if behind(bounds(), fault)] == []


def test_every_known_fault_is_of_something_that_is_installed_and_says_why() -> None:
    versions = pinned("requirements.lock")
    for fault in FAULTS:
        assert canonicalize_name(fault["package"]) in versions, fault["package"]
        assert len(fault["why"]) > 40, fault["package"]


def test_what_the_page_on_security_names_is_there() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:src|tests)/[^`]+)`", page))
    assert len(named) > 30
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_an_older_version_would_be_found() -> None:
    assert behind({"pypdf": Version("6.21.3")}, {"package": "pypdf", "fixed": "6.21.4"})
    assert not behind({"pypdf": Version("6.21.4")}, {"package": "pypdf", "fixed": "6.21.4"})


def test_what_is_installed_here_is_what_is_pinned() -> None:
    from importlib.metadata import version

    for name in ("pypdf", "lxml", "jinja2", "pikepdf", "pillow", "msoffcrypto-tool"):
        assert Version(version(name)) == pinned("requirements-dev.lock")[name], name
