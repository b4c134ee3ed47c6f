"""What would hurt if it were lost from the Dockerfile."""

from __future__ import annotations

import re

from tests.deploy.compose_file import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
FINAL = DOCKERFILE.split("\nFROM ")[-1]
ALLOWED_IN = (ROOT / ".dockerignore").read_text().splitlines()


def test_the_base_is_pinned_by_tag() -> None:
    assert re.search(r"^ARG BASE=\S+python:3\.\d+-slim", DOCKERFILE, re.MULTILINE)
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["${BASE}", "${BASE}"]


def test_it_runs_as_a_numbered_user_that_is_not_root() -> None:
    users = re.findall(r"^USER (\d+):(\d+)$", FINAL, re.MULTILINE)
    assert users == [("10001", "10001")]
    assert FINAL.index("USER ") < FINAL.index("\nCMD ")


def test_dependencies_are_hashed_wheels() -> None:
    assert "--require-hashes --only-binary :all: -r requirements.txt" in DOCKERFILE


def test_the_final_stage_installs_nothing() -> None:
    assert not re.search(r"apt-get|apk |pip install|gcc", FINAL)


def test_static_files_are_collected_with_an_environment_that_is_thrown_away() -> None:
    assert "clinic_site.local.throwaway python manage.py collectstatic" in DOCKERFILE
    assert "rm -r clinic_site/local" in DOCKERFILE


def test_only_what_is_named_gets_into_the_image() -> None:
    rules = [rule for rule in ALLOWED_IN if rule and not rule.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule[1:] for rule in rules if rule.startswith("!")}
    assert not allowed & {".env", "var", "deploy", "tests", ".git"}
    # Everything that the image's commands start is there.
    for path in re.findall(r"deploy/[\w.]+\.py", FINAL):
        assert path in allowed
    for path in allowed - {"locale"}:
        assert (ROOT / path).exists(), path
