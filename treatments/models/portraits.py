"""Portraits of clinicians: an upload is drawn anew, kept in the database, and served by its content."""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageOps, UnidentifiedImageError

from treatments.models import Clinician

LARGEST_BYTES: Final = 900_000  # nginx takes no more than a megabyte
LARGEST_PIXELS: Final = 25_000_000
LONGEST_SIDE: Final = 480  # three times what a page shows
FORMATS: Final = ("JPEG", "PNG", "WEBP")
CACHING: Final = "public, max-age=31536000, immutable"


def redraw(upload: Any) -> bytes:
    """Return an uploaded picture as a small WebP without its metadata (place, camera, name).

    Raises ValidationError with a sentence for what is no picture, of another type, or too large.
    """
    if upload.size > LARGEST_BYTES:
        raise ValidationError(
            _("The picture has %(size)s KB. Choose one of at most %(largest)s KB.")
            % {"size": upload.size // 1000, "largest": LARGEST_BYTES // 1000}
        )
    try:
        return _redrawn(upload)
    except Image.DecompressionBombError as error:
        raise _too_many_points() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            _("This file is no picture that we can read. Choose a JPEG, PNG or WebP file.")
        ) from error


def _redrawn(upload: Any) -> bytes:
    with warnings.catch_warnings():
        # We look at the size ourselves, before any point is unpacked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = Image.open(upload, formats=FORMATS)
    with picture:
        if picture.width * picture.height > LARGEST_PIXELS:
            raise _too_many_points()
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new picture of the points alone: nothing else of the file comes along.
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    kept = io.BytesIO()
    plain.save(kept, "WEBP", quality=82)
    return kept.getvalue()


def _too_many_points() -> ValidationError:
    return ValidationError(_("The picture has too many points. Choose one of at most 5000 by 5000."))


def put(clinician: Clinician, picture: bytes | None) -> None:
    """Give a clinician a picture made by `redraw`, or take it away. Does not save."""
    clinician.portrait = picture
    clinician.portrait_digest = hashlib.sha256(picture).hexdigest() if picture else ""


@require_safe
def show(request: HttpRequest, digest: str) -> HttpResponse:
    """Send the portrait of a person whom the site shows. Another picture has another address."""
    shown = Clinician.objects.filter(portrait_digest=digest, published=True, is_demo=False)
    picture = shown.values_list("portrait", flat=True).first()
    if picture is None:
        raise Http404
    headers = {"Cache-Control": CACHING, "Content-Disposition": "inline", "ETag": f'"{digest}"'}
    return HttpResponse(bytes(picture), content_type="image/webp", headers=headers)
