"""The links beside every page of the workspace, according to what a person may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from booking.actions import Actor, accessible_to
from booking.admin.base.access import actor_of, sees_requests, staff_context
from booking.admin.base.words import initials, staff_name
from booking.admin.lists.bounded_counts import BoundedCounts, CountedCondition, figures, shown
from booking.admin.lists.filters import MINE, Filters
from booking.models.access import Look, who_may_look
from booking.models.preferences import uses_single_keys
from booking.models.request import DOUBTFUL
from booking.rules.roles import KEEP_SCHEDULES, KEEP_TEXTS, MANAGE_ACCOUNTS
from booking.rules.transitions import TRANSITIONS, Verb

ICONS: Final = {
    "Clinic": "map-pin",
    "Clinician": "stethoscope",
    "Condition": "bone",
    "FAQ": "circle-question-mark",
    "Faq": "circle-question-mark",
    "Group": "users",
    "SignOff": "badge-check",
    "Source": "receipt-text",
    "User": "users",
}


@dataclass(frozen=True)
class SidebarLink:
    """One place to go."""

    label: str
    icon: str
    url: str
    current: bool = False
    count: str = ""


@dataclass(frozen=True)
class SidebarSection:
    """Links under a heading."""

    title: str
    links: list[SidebarLink] = field(default_factory=list)


def workspace(request: HttpRequest, apps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what frames every page: links, whether to offer the search and keys, who is signed in."""
    return {
        "sidebar": sidebar(request, apps),
        "can_search": sees_requests(request),
        "single_keys": uses_single_keys(request.user),
        "me": {"name": staff_name(actor_of(request).user), "initials": initials(actor_of(request).user)},
    }


def sidebar(request: HttpRequest, apps: list[dict[str, Any]]) -> list[SidebarSection]:
    """Return the sections for this person; `apps` is what Django's admin lets them see."""
    sections = [_work(request)] if sees_requests(request) else []
    sections += [SidebarSection(_("Numbers"), links)] if (links := _numbers(request)) else []
    sections += [SidebarSection(_("Clinic"), links)] if (links := _schedules(request)) else []
    sections += [SidebarSection(_("Staff"), links)] if (links := _accounts(request)) else []
    titles = {"treatments": _("Website")}
    for app in apps:
        if app["app_label"] in titles:
            links = [_model_link(request, model) for model in app["models"] if model.get("admin_url")]
            if app["app_label"] == "treatments":
                links.insert(
                    0,
                    SidebarLink(
                        _("To complete"), "list-checks", app["app_url"], request.path == app["app_url"]
                    ),
                )
            sections.append(SidebarSection(titles[app["app_label"]], links))
    address = reverse("help:page")
    return [
        *sections,
        SidebarSection(
            _("Help"), [SidebarLink(_("How this works"), "life-buoy", address, request.path == address)]
        ),
    ]


def _work(request: HttpRequest) -> SidebarSection:
    actor = actor_of(request)
    queue = reverse("admin:booking_consultationrequest_changelist")
    mine = Filters(who=MINE).address()
    counts = open_and_mine(request)
    here = request.path
    on_mine = here == queue and request.GET.get("who") == MINE
    links = [
        SidebarLink(_("Queue"), "inbox", queue, here.startswith(queue) and not on_mine, counts["open"]),
        SidebarLink(_("My requests"), "user", queue + mine, on_mine, counts["mine"]),
    ]
    if TRANSITIONS[Verb.TAKE_CALL].actors & actor.roles:
        call = reverse("admin:booking_consultationrequest_take_call")
        links[0] = SidebarLink(_("Queue"), "inbox", queue, links[0].current and here != call, counts["open"])
        links.append(SidebarLink(_("New from a call"), "phone-call", call, here == call))
    links.append(_calendar(request))
    return SidebarSection(_("Work"), links)


def _calendar(request: HttpRequest) -> SidebarLink:
    address = reverse("admin:booking_visit_changelist")
    return SidebarLink(_("Calendar"), "calendar-days", address, request.path.startswith(address))


def _schedules(request: HttpRequest) -> list[SidebarLink]:
    """Return the links of those who keep hours and visit types, and of those who keep texts."""
    pages = (
        ("schedule", _("Clinicians’ hours"), "calendar-cog", KEEP_SCHEDULES),
        ("visittype", _("Visit types"), "clock", KEEP_SCHEDULES),
        ("readytext", _("Ready texts"), "notebook-pen", KEEP_TEXTS),
    )
    mine = [page for page in pages if page[-1] & actor_of(request).roles]
    addresses = [
        (reverse(f"admin:booking_{name}_changelist"), label, icon) for name, label, icon, _roles in mine
    ]
    return [SidebarLink(label, icon, url, request.path.startswith(url)) for url, label, icon in addresses]


def open_and_mine(request: HttpRequest) -> dict[str, str]:
    """Return how many requests are open, and how many of them are this person's; the queue knows already."""
    if not staff_context(request).counts:
        keep_counts(request, figures(counted(request)))
    return staff_context(request).counts


def counted(request: HttpRequest) -> BoundedCounts:
    """Return what the sidebar counts, for a page that asks the database for more along with it."""
    return BoundedCounts(accessible_to(actor_of(request)), open_conditions(actor_of(request)))


def open_conditions(actor: Actor) -> dict[str, CountedCondition]:
    """Return what is counted: open requests but for doubtful ones, and those of this person."""
    return {"open": (None, ~DOUBTFUL), "mine": (None, Q(assignee=actor.user))}


def keep_counts(request: HttpRequest, found: dict[str, Any]) -> None:
    """Keep what was counted for the frame of this page."""
    staff_context(request).counts = {name: shown(found[name]) for name in ("open", "mine")}


def _numbers(request: HttpRequest) -> list[SidebarLink]:
    pages = (
        (Look.FIGURES, _("Dashboard"), "chart-column", reverse("numbers:dashboard")),
        (Look.EXPORT, _("Exports"), "download", reverse("numbers:exports")),
        (Look.AUDIT, _("Audit"), "scroll-text", reverse("numbers:audit")),
    )
    roles = actor_of(request).roles
    return [
        SidebarLink(label, icon, url, request.path.startswith(url))
        for look, label, icon, url in pages
        if who_may_look(look) & roles
    ]


def _accounts(request: HttpRequest) -> list[SidebarLink]:
    address = reverse("staff:accounts")
    if not actor_of(request).roles & MANAGE_ACCOUNTS:
        return []
    return [SidebarLink(_("Staff accounts"), "users", address, request.path.startswith(address))]


def _model_link(request: HttpRequest, model: dict[str, Any]) -> SidebarLink:
    return SidebarLink(
        capfirst(model["name"]),
        ICONS.get(model["object_name"], "file-text"),
        model["admin_url"],
        request.path.startswith(model["admin_url"]),
    )
