"""What all resources of an export are made of: keys, references, codes, and moments by the clinic's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings

from booking.models import ConsultationRequest

Resource = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """What one export knows of itself: the clinic's zone, and which requests stand in it."""

    zone: ZoneInfo
    keys: frozenset[UUID]

    def moment(self, at: datetime | None) -> str:
        """Return a moment with the offset of the clinic's clock on that day, or ""."""
        return at.astimezone(self.zone).isoformat() if at else ""

    def to_request(self, consultation: ConsultationRequest) -> Resource:
        """Return a reference to a request: by its key where it stands in this export, always by its number.

        http://hl7.org/fhir/R4B/references.html#logical: what is not here is named by its identifier alone.
        """
        here = to(str(consultation.pk)) if consultation.pk in self.keys else {}
        return here | {"type": "ServiceRequest", "identifier": identifier(consultation)}


def filled(**elements: Any) -> Resource:
    """Return a resource without what is empty: FHIR knows no empty element."""
    return {name: value for name, value in elements.items() if value not in ("", None, [], {})}


def system(name: str) -> str:
    """Return the name of a code system or a kind of number of ours: under this site's address."""
    return f"{settings.SITE_URL.rstrip('/')}/fhir/{name}"


def coding(kind: str, code: str, display: str | None = None) -> Resource:
    """Return a code of ours."""
    return filled(system=system(kind), code=code, display=display)


def identifier(consultation: ConsultationRequest) -> Resource:
    """Return the number that people call a request by."""
    return {"system": system("reference"), "value": consultation.reference}


def to(key: str) -> Resource:
    """Return a reference to an entry of the same bundle."""
    return {"reference": f"urn:uuid:{key}"}


def key_of(consultation: ConsultationRequest, part: str) -> str:
    """Return the same UUID for a part of a request at every export."""
    return str(uuid5(UUID(str(consultation.pk)), part))
