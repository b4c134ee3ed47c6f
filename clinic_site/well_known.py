"""What programs ask for at agreed addresses: robots.txt, security.txt, the web manifest, the old icon."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from treatments.clinic.clinic import clinic_facts
from treatments.text.links import absolute

# RFC 9116, section 2.5.5, recommends less than a year.
SECURITY_DAYS = 180
# Nothing of a patient may be indexed. The first page of the request may: it is what people look for.
# A clinician's calendar is not among these: Google Calendar obeys robots.txt and would never read it. Its own
# headers keep it out of search engines (booking.feed).
KEPT_OUT = ("/admin/", "/health/", "/consultation/", "/my-request/")
HOUR = cache_control(public=True, max_age=3_600)


@require_safe
@HOUR
def robots(request: HttpRequest) -> HttpResponse:
    """Say what crawlers leave alone (RFC 9309; the longest rule that fits wins, "$" ends an address)."""
    lines = ["User-agent: *", f"Allow: {reverse('intake:start')}$", "Allow: /es/consultation/$"]
    lines += [f"Disallow: {prefix}{path}" for path in KEPT_OUT for prefix in _prefixes(path)]
    return _text([*lines, "", f"Sitemap: {absolute(reverse('sitemap'))}"])


def _prefixes(path: str) -> tuple[str, ...]:
    return ("",) if path in ("/admin/", "/health/") else ("", "/es")


@require_safe
@HOUR
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116): SECURITY_CONTACT, or how the clinic is reached."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=dt.UTC)
    expires = midnight + dt.timedelta(days=SECURITY_DAYS)
    return _text(
        [
            f"Contact: {_security_contact()}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: en, es",
            f"Canonical: {absolute(reverse('security'))}",
        ]
    )


def _security_contact() -> str:
    facts = clinic_facts()
    contact = settings.SECURITY_CONTACT or (facts.email if facts else "")
    if not contact:
        return absolute(reverse("treatments:contact"))
    return contact if ":" in contact else f"mailto:{contact}"


@require_safe
@HOUR
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to a phone that puts it on its home screen (W3C Web Application Manifest)."""
    facts = clinic_facts()
    icons = [
        ("icon-192.png", 192, "any"),
        ("icon-512.png", 512, "any"),
        ("maskable-512.png", 512, "maskable"),
    ]
    return JsonResponse(
        {
            "name": facts.name if facts else gettext("Pain clinic"),
            "lang": "en",
            "start_url": "/",
            "scope": "/",
            # Not an app: the address bar is how people see where they are.
            "display": "browser",
            "background_color": "#fbf7f1",
            "theme_color": "#12332f",
            "icons": [
                {
                    "src": static(f"img/icons/{name}"),
                    "type": "image/png",
                    "sizes": f"{size}x{size}",
                    "purpose": use,
                }
                for name, size, use in icons
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
@HOUR
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the icon by its old name to the file."""
    return HttpResponseRedirect(static("img/favicon.ico"))


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
