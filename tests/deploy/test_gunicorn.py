"""gunicorn's settings, and what its log lines must never carry."""

from __future__ import annotations

import logging
import runpy
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config

from tests.deploy.compose_file import ROOT


@pytest.fixture(scope="module")
def conf() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))


def logged(conf: dict[str, Any], **environ: str) -> str:
    logger = conf["QuietLogger"](Config())
    request = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": "/",
        "QUERY_STRING": "name=canary",
        "HTTP_REFERER": "https://clinic.example/canary",
        "REMOTE_ADDR": "203.0.113.9",
        **environ,
    }
    response = SimpleNamespace(status="200 OK", sent=10, headers=[])
    atoms = logger.atoms(response, SimpleNamespace(headers=[]), request, timedelta(0))
    return str(conf["access_log_format"] % logger.atoms_wrapper_class(atoms))


def test_gunicorn_knows_every_setting(conf: dict[str, Any]) -> None:
    config = Config()
    settings = {name: value for name, value in conf.items() if name in config.settings}
    for name, value in settings.items():
        config.set(name, value)
    assert settings["control_socket_disable"] is True
    assert settings["worker_tmp_dir"] == "/dev/shm"  # noqa: S108
    assert settings["worker_class"] == "gthread"
    assert config.workers * config.threads >= 16


def test_access_lines_hold_no_query_no_referrer_and_no_address(conf: dict[str, Any]) -> None:
    line = logged(conf, PATH_INFO="/faq/")
    assert "GET /faq/ 200" in line
    assert "canary" not in line and "203.0.113.9" not in line


def test_a_private_link_is_not_logged(conf: dict[str, Any]) -> None:
    assert "/my-request/- 200" in logged(conf, PATH_INFO="/my-request/s3cret/")
    assert "/es/my-request/- 200" in logged(conf, PATH_INFO="/es/my-request/s3cret/")
    assert "/calendar/- 200" in logged(conf, PATH_INFO="/calendar/s3cret.ics")
    assert "/welcome/- 200" in logged(conf, PATH_INFO="/admin/account/welcome/s3cret/")
    assert "/my-request/ 200" in logged(conf, PATH_INFO="/my-request/")


def test_a_line_break_in_a_path_forges_no_line(conf: dict[str, Any]) -> None:
    line = logged(conf, PATH_INFO="/a\r\nGET /forged")
    assert len(line.splitlines()) == 1


def test_an_error_line_names_the_exception_but_not_its_words(
    conf: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config()
    config.set("errorlog", "-")
    logger = conf["QuietLogger"](config)
    try:
        raise ValueError("canary-name@patient.example")
    except ValueError:
        logger.exception("Error handling request %s", "/consultation/?q=canary")
    finally:
        for handler in list(logger.error_log.handlers):
            logger.error_log.removeHandler(handler)
    written = capsys.readouterr().err
    assert "ValueError" in written and "/consultation/" in written
    assert "canary" not in written
    assert logging.getLogger("gunicorn.error").handlers == []
