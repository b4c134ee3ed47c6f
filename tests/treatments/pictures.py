"""Small pictures for tests of uploads."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image


def picture(format: str = "JPEG", size: tuple[int, int] = (40, 60), **options: Any) -> bytes:
    """Return a picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, (200, 90, 40)).save(file, format, **options)
    return file.getvalue()


def picture_with_place() -> bytes:
    """Return a JPEG turned on its side, whose metadata name a photographer and a place."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to look at it
    exif[0x013B] = "Secret Photographer"
    exif.get_ifd(0x8825)[2] = (33.0, 26.0, 0.0)
    return picture(size=(60, 40), exif=exif.tobytes())


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a PNG of a few bytes that says it has billions of points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
