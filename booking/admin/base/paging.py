"""Long lists on the request page: the newest rows, and from there on the next older ones, by plain links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict

SHOWN: Final = 20


class Written(Protocol):
    """A row with a key, and with its moment under a name of its own."""

    pk: UUID


WrittenRow = TypeVar("WrittenRow", bound=Written)
AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True)
class PagedRows(Generic[WrittenRow]):
    """Some rows of a list, the newest first, and the queries of the addresses of what comes before and after.

    `newest` is "" on the first stretch, `earlier` on the last.
    """

    rows: Sequence[WrittenRow]
    newest: str
    earlier: str


def cut(request: HttpRequest, name: str, rows: QuerySet[AnyModel], moment: str = "at") -> QuerySet[AnyModel]:
    """Return the stretch of a list that the address asks for, and one row more: there may be earlier ones.

    An address that makes no sense asks for the newest.
    """
    at, _sign, key = request.GET.get(f"{name}_before", "").partition("~")
    older = Q()
    try:
        last, pk = datetime.fromisoformat(at), UUID(key)
        if last.tzinfo is not None:
            older = Q(**{f"{moment}__lt": last}) | Q(**{moment: last, "pk__lt": pk})
    except ValueError:
        pass
    return rows.filter(older).order_by(f"-{moment}", "-pk")[: SHOWN + 1]


def paged_rows(
    request: HttpRequest, name: str, found: Sequence[WrittenRow], moment: str = "at"
) -> PagedRows[WrittenRow]:
    """Return what `cut` found as it is shown."""
    rows, before = found[:SHOWN], f"{name}_before"
    last = f"{getattr(rows[-1], moment).isoformat()}~{rows[-1].pk}" if len(found) > SHOWN else ""
    newest = _address(request.GET, before, "") if request.GET.get(before) else ""
    return PagedRows(rows, newest, _address(request.GET, before, last) if last else "")


def _address(query: QueryDict, name: str, value: str) -> str:
    changed: Any = query.copy()
    changed.pop(name, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"
