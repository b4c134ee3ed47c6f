"""What `bench.queue` asks for. Words in capitals are filled in by the process that answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

QUEUE: Final = "/admin/booking/consultationrequest/"
CALENDAR: Final = "/admin/booking/visit/"
DASHBOARD: Final = "/admin/dashboard/"
STOCK: Final = "/stock/booking/consultationrequest/"


@dataclass(frozen=True)
class Ask:
    """An address, and in what state to ask for it (`bench.queue_worker.STATES`)."""

    address: str
    state: str = ""


# The two last rows are no goals but limits: what a look costs when nothing runs that keeps the tallies.
PAGES: Final = {
    name: one if isinstance(one, Ask) else Ask(one)
    for name, one in {
        "queue": QUEUE,
        "queue, page 2": f"{QUEUE}?page=2",
        "my requests": f"{QUEUE}?who=me",
        "unassigned": f"{QUEUE}?who=nobody",
        "one colleague": f"{QUEUE}?who=STAFF",
        "same day": f"{QUEUE}?show=same-day",
        "overdue": f"{QUEUE}?show=overdue",
        "due today": f"{QUEUE}?show=today",
        "visits today": f"{QUEUE}?show=visits",
        "offers running out": f"{QUEUE}?show=lapsing",
        "calls to make": f"{QUEUE}?show=calls",
        "condition": f"{QUEUE}?topic=tmj",
        "priority": f"{QUEUE}?priority=soon",
        "status new": f"{QUEUE}?status=new",
        "language": f"{QUEUE}?language=es",
        "flag": f"{QUEUE}?flag=interpreter",
        "older than two days": f"{QUEUE}?age=2",
        "three filters": f"{QUEUE}?topic=migraine&language=es&priority=soon",
        "finished": f"{QUEUE}?status=finished",
        "finished, page 100": f"{QUEUE}?status=finished&page=100",
        "closed": f"{QUEUE}?status=closed",
        "finished, jaw, Spanish": f"{QUEUE}?status=finished&topic=tmj&language=es",
        "finished, priority": f"{QUEUE}?status=finished&priority=same-day",
        "finished, language": f"{QUEUE}?status=finished&language=es",
        "finished, flag": f"{QUEUE}?status=finished&flag=minor",
        "finished, colleague": f"{QUEUE}?status=finished&who=STAFF",
        "finished, over a month": f"{QUEUE}?status=finished&age=30",
        "finished, five filters": (
            f"{QUEUE}?status=declined&topic=tmj&language=es&priority=same-day&flag=interpreter"
        ),
        "search, rare name": f"{QUEUE}?find=RARE",
        "search, two names": f"{QUEUE}?find=TWO",
        "search, common name": f"{QUEUE}?find=COMMON",
        "request": f"{QUEUE}REQUEST/change/",
        "history": f"{QUEUE}REQUEST/history/",
        "calendar, day": CALENDAR,
        "calendar, week": f"{CALENDAR}?view=week&clinician=CLINICIAN",
        "visits to move": f"{CALENDAR}to-move/",
        "earlier times": f"{CALENDAR}earlier/",
        "dashboard": DASHBOARD,
        "dashboard, 4 weeks": f"{DASHBOARD}?range=4w",
        "dashboard, year": f"{DASHBOARD}?range=1y",
        "dashboard, year, condition": f"{DASHBOARD}?range=1y&topic=tmj",
        "dashboard, own year": f"{DASHBOARD}?range=own&from=FROM&to=TO",
        "dashboard, first look": Ask(DASHBOARD, "fresh"),
        "dashboard, year, first": Ask(f"{DASHBOARD}?range=1y", "fresh"),
        "dashboard CSV": f"{DASHBOARD}first-contact.csv?range=1y",
        "audit": "/admin/audit/",
        "audit, one colleague": "/admin/audit/?who=STAFF",
        "exports": "/admin/exports/",
        "staff accounts": "/admin/staff/",
        "clinicians' hours": "/admin/booking/schedule/",
        "help": "/admin/help/",
        "dashboard, worker down": Ask(DASHBOARD, "alone"),
        "dashboard, never counted": Ask(DASHBOARD, "uncounted"),
    }.items()
}
STOCK_PAGES: Final = {
    "queue": Ask(STOCK),
    "condition": Ask(f"{STOCK}?topic__exact=tmj"),
    "status new": Ask(f"{STOCK}?status__exact=new"),
    "finished, page 100": Ask(f"{STOCK}?p=100"),
    "search, rare name": Ask(f"{STOCK}?q=zzyzx"),
}


def chosen(words: list[str]) -> dict[str, Ask]:
    """Return the pages whose name holds one of these words; all without any. Raises LookupError."""
    pages = {name: one for name, one in PAGES.items() if not words or any(word in name for word in words)}
    if not pages:
        raise LookupError(f"No page is called that. There are: {', '.join(PAGES)}.")
    return pages
