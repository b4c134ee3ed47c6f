"""No public address makes a draft beyond the limit of the network that it comes from."""

from __future__ import annotations

import ast
import datetime as dt
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from booking.intake.steps import STEPS
from booking.models import Draft, RateCount
from booking.patient.self_service import ACTS
from booking.rules import abuse
from tests.booking.intake.conftest import ANSWERS, CONSENT, Patient

pytestmark = pytest.mark.django_db
LIMIT = 2
STOP = "/consultation/get-help-now/"
# Everything that a page of the request ever sends, in one form.
EVERYTHING = {
    **{name: value for answers in ANSWERS.values() for name, value in answers.items()},
    **CONSENT,
    "asked_about": "migraine",
    "asked_for": "self",
    "from_step": "history",
    "again": "1",
    "rev": "1",
}
IN_AN_ADDRESS = {
    "slug": "migraine",
    "step": [step.key for step in STEPS],
    "key": list(ACTS),
    "token": "x" * 43,
    "time": str(uuid.uuid4()),
    "language": "en",
    "digest": "0" * 16,
}


@pytest.fixture(autouse=True)
def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a network begin two drafts an hour."""
    few = abuse.Limit("draft", LIMIT, LIMIT, dt.timedelta(hours=1))
    monkeypatch.setattr("booking.actions.abuse.DRAFTS_PER_ADDRESS", few)


def test_no_public_address_makes_a_draft_beyond_the_limit(content: None) -> None:
    found = list(public_addresses())
    assert {STOP, "/es" + STOP, "/consultation/", "/consultation/safety/", "/my-request/"} <= set(found)
    made = {path for path in found if makes_a_draft(path)}
    assert made == {"/consultation/", "/es/consultation/", STOP, "/es" + STOP}
    for _begun in range(LIMIT):
        Patient().start()
    assert Draft.objects.count() == LIMIT
    for path in found:
        Client().post(path, EVERYTHING)
        assert Draft.objects.count() == LIMIT, path


@pytest.mark.parametrize("last", ["history", "you"])
def test_nor_does_a_browser_that_has_a_draft_or_has_sent_one(content: None, last: str) -> None:
    patient = Patient()
    patient.answer_to(last)
    if last == "you":
        assert patient.send().headers["Location"] == "/consultation/sent/"
    key = patient.cookies[settings.DRAFT_COOKIE_NAME].value
    Patient().start()
    known = set(Draft.objects.values_list("pk", flat=True))
    assert len(known) == LIMIT
    for path in public_addresses():
        browser = Client()
        browser.cookies[settings.DRAFT_COOKIE_NAME] = key
        browser.post(path, EVERYTHING)
        assert set(Draft.objects.values_list("pk", flat=True)) <= known, path


@pytest.mark.parametrize("path", ["/consultation/", STOP])
def test_beyond_the_limit_the_page_gives_the_phone_number_and_no_key(content: None, path: str) -> None:
    codes = [Client().post(path, EVERYTHING).status_code for _begun in range(LIMIT)]
    visitor = Client()
    refused = visitor.post(path, EVERYTHING)
    assert (codes, refused.status_code) == ([303] * LIMIT, 429)
    assert refused.headers["Retry-After"] == "3600" and "tel:" in refused.text
    assert settings.DRAFT_COOKIE_NAME not in visitor.cookies


def test_both_ways_count_together() -> None:
    ways = ["/consultation/", STOP, "/consultation/", STOP]
    codes = [Client().post(path, {"topic": "tmj"}).status_code for path in ways]
    assert codes == [303, 303, 429, 429]
    assert Draft.objects.count() == LIMIT


def test_starting_again_beyond_the_limit_keeps_the_answers() -> None:
    patient = Patient()
    patient.answer_to("safety")
    Patient().start()
    assert patient.start(again="1").status_code == 429
    assert patient.look("symptoms").status_code == 200


def test_code_that_serves_makes_drafts_in_one_place() -> None:
    """Demonstration data goes past the limit; nothing that a visitor reaches does."""
    root = Path(settings.BASE_DIR) / "booking"
    makers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "migrations" not in path.parts and _makes_drafts(path)
    }
    assert makers == {"intake/drafts.py", "management/demo_story.py"}


def makes_a_draft(path: str) -> bool:
    """Return whether a POST there makes a draft, and forget it and its count again."""
    Client().post(path, EVERYTHING)
    RateCount.objects.filter(scope="draft").delete()
    deleted, _by_model = Draft.objects.all().delete()
    return bool(deleted)


def public_addresses() -> Iterator[str]:
    """Return every address outside the staff's, in both languages, its parameters filled in."""
    for language in ("en", "es"):
        with translation.override(language):
            yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern).removeprefix("^")
        if path.startswith("/admin/"):
            continue
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield from _filled(path.removesuffix("$"))


def _filled(path: str) -> Iterator[str]:
    found = re.search(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>", path)
    if not found:
        yield path.replace("\\", "")
        return
    values = IN_AN_ADDRESS.get(found[1] or found[2], "x")
    for value in [values] if isinstance(values, str) else values:
        yield from _filled(path.replace(found[0], value))


@pytest.mark.parametrize(
    "code",
    [
        "Draft()",
        "Draft.begin('en')",
        "Draft.objects.create()",
        "Draft.objects.filter(pk=1).get_or_create()",
        "models.Draft.objects.bulk_create([])",
        "from booking.models import Draft as D\nD()",
        "drafts = Draft.objects\ndrafts.update_or_create()",
        "Kind = Draft\nKind.begin('en')",
    ],
)
def test_each_way_to_make_one_is_known(code: str) -> None:
    assert _makes(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "Draft.objects.filter(pk=1)",
        "Draft.DoesNotExist",
        "draft = Draft.objects.get()",
        "Link.objects.create()",
    ],
)
def test_what_only_looks_for_one_is_not_taken_for_a_way(code: str) -> None:
    assert not _makes(ast.parse(code))


MAKE = {"begin", "create", "acreate", "get_or_create", "aget_or_create", "update_or_create"} | {
    "aupdate_or_create",
    "bulk_create",
    "abulk_create",
}


def _makes_drafts(path: Path) -> bool:
    return _makes(ast.parse(path.read_text()))


def _makes(tree: ast.AST) -> bool:
    """Return whether code makes a draft, by whatever name it knows the model.

    A name worked out while it runs (getattr, apps.get_model) is not seen: the walk over the addresses above
    catches what visitors reach of it.
    """
    names = {"Draft"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {one.asname for one in node.names if one.name == "Draft" and one.asname}
        elif (
            isinstance(node, ast.Assign)
            and not isinstance(node.value, ast.Call)
            and _is_of(node.value, names)
        ):
            names |= {one.id for one in node.targets if isinstance(one, ast.Name)}
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(
        _is_model(func, names)
        or (isinstance(func, ast.Attribute) and func.attr in MAKE and _is_of(func, names))
        for func in called
    )


def _is_model(node: ast.AST, names: set[str]) -> bool:
    return (isinstance(node, ast.Name) and node.id in names) or (
        isinstance(node, ast.Attribute) and node.attr in names
    )


def _is_of(node: ast.AST, names: set[str]) -> bool:
    """Return whether an expression begins at the model: the model, its manager, or a query of them."""
    while not _is_model(node, names):
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            node = node.value
        else:
            return False
    return True
