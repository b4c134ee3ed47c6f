"""A request with much written about it: the newest is shown, and the way to the rest is a plain link."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import actions
from booking.models import ConsultationRequest, Letter, Message, Note
from booking.models.message import Delivery
from booking.rules.notices import Notice
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import page
from tests.factories import everybody, make_request

pytestmark = pytest.mark.django_db
COUNT = 45
NOBODY = "00000000-0000-0000-0000-000000000000"
EARLIER = re.compile(r'rel="next" href="([^"#]*)#(notes|conversation|messages)-title"')
NEWEST = re.compile(r'class="button button--quiet" href="([^"#]*)#(notes|conversation|messages)-title"')


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [f"Text number {number:02}" for number in range(COUNT)]


@pytest.fixture
def busy(texts: list[str]) -> ConsultationRequest:
    """A request with 45 notes, letters and messages; of each, several at the same moment."""
    made, by = make_request(), everybody().user
    start = timezone.now() - dt.timedelta(days=9)
    event = made.events.get()
    for number, text in enumerate(texts):
        at = start + dt.timedelta(hours=number // 4)
        note = Note(request=made, author=by, at=at)
        note.seal_text(f"{text} of a note")
        note.save()
        event.pk = None
        event.at = at
        event.save(force_insert=True)
        letter = Letter(request=made, event=event, direction="to-patient", author=by, at=at)
        letter.seal_text(f"{text} of a letter")
        letter.save()
        Message.objects.create(
            request=made, event=event, notice=Notice.LETTER, state=Delivery.SENT, sent_at=at, created_at=at
        )
    return made


def links(text: str, pattern: re.Pattern[str] = EARLIER) -> dict[str, str]:
    return {place: html.unescape(query) for query, place in pattern.findall(text)}


def shown(text: str, of: str) -> list[str]:
    return re.findall(rf"Text number \d\d of a {of}", text)


@pytest.mark.parametrize(("of", "place"), [("note", "notes"), ("letter", "conversation")])
def test_all_of_it_is_found_by_plain_links_and_each_page_is_short(
    busy: ConsultationRequest, texts: list[str], nurse: Client, of: str, place: str
) -> None:
    address, seen, sizes = page(busy), list[str](), list[int]()
    query: str | None = ""
    while query is not None:
        text = nurse.get(address + query).text
        found = shown(text, of)
        seen, sizes = seen + found, [*sizes, len(found)]
        assert len(shown(text, "letter" if of == "note" else "note")) == 20, "each goes on alone"
        query = links(text).get(place)
    assert sizes == [20, 20, 5]
    assert sorted(seen) == [f"{text} of a {of}" for text in texts]
    first = [one[:14] for one in seen[:20]]
    assert min(first) >= texts[COUNT - 24][:14], "the newest come first"
    assert shown(nurse.get(address + links(text, NEWEST)[place]).text, of) == seen[:20]


def test_messages_are_bounded_and_calls_are_not(busy: ConsultationRequest, nurse: Client) -> None:
    oldest = busy.messages.order_by("created_at").exclude(notice__in=[Notice.STAFF_NEW]).first()
    assert oldest
    busy.messages.filter(pk=oldest.pk).update(state=Delivery.FAILED, sent_at=None)
    text = nurse.get(page(busy)).text
    panel = text.split('id="messages-title"')[1].split("</section>")[0]
    assert panel.count('<li class="letter">') == 20
    assert "Tell them our message" in text, "what nobody told stays to be told, however old"
    last = text
    while query := links(last).get("messages"):
        last = nurse.get(page(busy) + query).text
    panel = last.split('id="messages-title"')[1].split("</section>")[0]
    assert 0 < panel.count('<li class="letter">') < 20


def test_the_way_back_keeps_the_list_that_somebody_came_from(
    busy: ConsultationRequest, nurse: Client
) -> None:
    query = links(nurse.get(page(busy), {"topic": "migraine"}).text)["notes"]
    assert "topic=migraine" in query
    text = nurse.get(page(busy) + query).text
    assert links(text, NEWEST)["notes"] == "?topic=migraine"
    answer = nurse.post(page(busy, "note") + query, {"text": "One note more"})
    assert answer.url == page(busy) + "?topic=migraine", "the new note is read at once"


@pytest.mark.parametrize(
    "value",
    ["x", "~", "2026-11-01T00:00~x", "2026-11-01T00:00+00:00~" + "9" * 99, f"2026-11-01~{NOBODY}",
     f"9999-12-31T23:59:59-14:00~{NOBODY}"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_the_newest(
    busy: ConsultationRequest, nurse: Client, value: str
) -> None:
    answer = nurse.get(page(busy), {"notes_before": value})
    assert answer.status_code == 200
    assert shown(answer.text, "note") == shown(nurse.get(page(busy)).text, "note")


def test_an_address_before_everything_leads_back(busy: ConsultationRequest, nurse: Client) -> None:
    answer = nurse.get(page(busy), {"letters_before": f"0001-01-01T00:00:00+14:00~{NOBODY}"})
    assert answer.status_code == 200 and shown(answer.text, "letter") == []
    assert "Nothing written yet" not in answer.text and "conversation" in links(answer.text, NEWEST)


def test_however_much_was_written_the_queries_stay(busy: ConsultationRequest, nurse: Client) -> None:
    plain = make_request()
    counts = []
    for address in (page(plain), page(busy), page(busy) + links(nurse.get(page(busy)).text)["notes"]):
        with CaptureQueriesContext(connection) as queries:
            nurse.get(address)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3 and counts[0] <= 8


def test_one_note_that_does_not_open_takes_neither_page_nor_the_way_on(
    busy: ConsultationRequest, nurse: Client, caplog: pytest.LogCaptureFixture
) -> None:
    # The twentieth: the one that the way on starts from.
    lost = Note.objects.filter(request=busy).order_by("-at", "-pk")[19]
    Note.objects.filter(pk=lost.pk).update(sealed_text=b"1|lost|" + bytes(40))
    first = nurse.get(page(busy))
    assert first.text.count("This text does not open") == 1
    assert len(shown(first.text, "note")) == 19
    assert len(shown(nurse.get(page(busy) + links(first.text)["notes"]).text, "note")) == 20


def test_who_writes_a_letter_sees_the_newest_ones(busy: ConsultationRequest, nurse: Client) -> None:
    text = nurse.get(page(busy, Verb.ANSWER)).text
    assert len(shown(text, "letter")) == 20 and "Earlier ones stand on the request" in text
    few: Any = actions.answer(make_request(), "Only one", by=everybody())
    assert "Earlier ones stand" not in nurse.get(page(few, Verb.ANSWER)).text
