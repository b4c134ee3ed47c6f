"""What would hurt if it were lost from compose.yaml."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.compose_file import ROOT, TEXT, block, environment, listed, secret_names, services

OURS = ("migrate", "web", "worker")


def test_the_set_is_complete() -> None:
    assert set(services()) == {"db", "migrate", "web", "worker", "nginx"}


@pytest.mark.parametrize("service", services())
def test_each_service_has_a_read_only_root_and_no_rights_to_gain(service: str) -> None:
    lines = services()[service]
    assert "read_only: true" in lines
    assert "cap_drop: [ALL]" in lines
    assert '["no-new-privileges:true"]' in lines


@pytest.mark.parametrize("service", ["web", "worker", "migrate", "nginx"])
def test_only_the_database_image_gets_capabilities_back(service: str) -> None:
    assert "cap_add" not in services()[service]


def test_images_are_pinned_by_tag() -> None:
    images = re.findall(r"^ +image: (\S+)", TEXT, re.MULTILINE)
    assert images
    for image in images:
        tag = image.partition(":")[2]
        assert tag and not tag.startswith("latest"), image


def test_postgresql_18_keeps_its_data_one_folder_higher() -> None:
    assert "- database:/var/lib/postgresql\n" in services()["db"]


def test_only_nginx_is_reachable_from_outside() -> None:
    assert [name for name, lines in services().items() if "ports:" in lines] == ["nginx"]
    assert set(listed("web", "networks")) == {"app", "data"}
    assert "app: {internal: true}" in block("networks") and "data: {internal: true}" in block("networks")


@pytest.mark.parametrize("service", services())
def test_secrets_come_as_files_that_the_service_is_given(service: str) -> None:
    granted = set(listed(service, "secrets"))
    assert granted <= secret_names()
    read = set(re.findall(r"/run/secrets/(\w+)", services()[service]))
    assert read <= granted
    for name in environment(service) if "environment:" in services()[service] else ():
        is_secret = re.search("KEY|PASSWORD|URL", name) and name != "SITE_URL"
        assert not is_secret or name.endswith("_FILE"), f"{name} holds a secret in the clear"


def test_the_script_of_roles_reads_secrets_that_the_database_is_given() -> None:
    roles = (ROOT / "deploy/postgres/roles.sql").read_text()
    assert set(re.findall(r"/run/secrets/(\w+)", roles)) <= set(listed("db", "secrets"))


def test_the_application_never_gets_the_owners_password() -> None:
    for service in ("web", "worker"):
        assert environment(service)["DATABASE_URL_FILE"] == "/run/secrets/database_url_app"
        assert not {"database_url_owner", "database_owner_password"} & set(listed(service, "secrets"))
    assert environment("migrate")["DATABASE_URL_FILE"] == "/run/secrets/database_url_owner"


def test_release_may_take_its_time_and_grants_the_application_its_rights() -> None:
    given = environment("migrate")
    assert given["DATABASE_STATEMENT_TIMEOUT_MS"] == "0"
    roles = (ROOT / "deploy/postgres/roles.sql").read_text()
    assert f"CREATE ROLE {given['DATABASE_APP_ROLE']} " in roles


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_one_that_something_reads(service: str) -> None:
    readers = ("clinic_site/settings.py", "clinic_site/env.py", "deploy/gunicorn.conf.py")
    source = "".join((ROOT / reader).read_text() for reader in readers)
    known = set(re.findall(r"[\"']([A-Z][A-Z_]+)[\"']", source))
    assert {name.removesuffix("_FILE") for name in environment(service)} <= known


@pytest.mark.parametrize("service", OURS)
def test_the_settings_start_with_what_the_service_gets(service: str, tmp_path: Path) -> None:
    key = base64.b64encode(os.urandom(32)).decode()
    contents = {
        "secret_key": base64.b64encode(os.urandom(60)).decode(),
        "seal_keys": f"k1:{key}",
        "search_key": key,
        "email_url": "smtp+tls://user:password@mail.example:587",
        "database_url_app": "postgres://clinic_app:x@db:5432/clinic",
        "database_url_owner": "postgres://clinic_owner:x@db:5432/clinic",
    }
    for name in listed(service, "secrets"):
        (tmp_path / name).write_text(contents[name] + "\n")
    plain = {"SITE_URL": "https://clinic.example", "MAIL_FROM": "a@b.example", "STAFF_EMAIL": "c@b.example"}
    given = {
        name: plain.get(name, value).replace("/run/secrets", str(tmp_path))
        for name, value in environment(service).items()
    }
    print_it = "from clinic_site import settings as s; print(s.EMAIL_HOST, s.DATABASES['default']['USER'])"
    done = subprocess.run(
        [sys.executable, "-c", print_it], cwd=ROOT, env=given, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-300:]
    assert done.stdout.split()[0] == "mail.example"


def test_only_web_is_asked_whether_it_answers_http() -> None:
    # The image's own health check asks port 8000; a worker would be called ill for ever.
    assert "disable: true" in block("migrate", 2)
    assert "worker, --health" in block("worker", 2)
    assert "healthcheck:" not in block("web", 2)


def test_web_and_worker_wait_for_the_release() -> None:
    for service in ("web", "worker"):
        assert "migrate: {condition: service_completed_successfully}" in block(service, 2)
    assert "web: {condition: service_healthy}" in block("nginx", 2)


def test_requests_in_flight_get_the_time_that_gunicorn_gives_them() -> None:
    grace = re.search(r"stop_grace_period: (\d+)s", block("web", 2))
    graceful = re.search(r"graceful_timeout = (\d+)", (ROOT / "deploy/gunicorn.conf.py").read_text())
    assert grace and graceful and int(grace[1]) > int(graceful[1])
