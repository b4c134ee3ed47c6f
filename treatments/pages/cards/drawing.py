"""Draws the picture that a shared link shows: the page's title over the desert at dusk.

Everything comes from the repository: the colours are the site's tokens, the fonts its own woff2 files, which
Pillow's FreeType reads as they are.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

# What Open Graph readers ask for: 1.91 to 1.
WIDTH, HEIGHT = 1200, 630
AGAVE_900, AGAVE_700 = "#12332f", "#22594f"
TERRA_600, TERRA_500, GOLD_300, SAND_50, SAND_200 = "#a84b27", "#c2613a", "#f2c14e", "#fbf7f1", "#e8dbc8"
MARGIN = 80
TEXT_WIDTH = 880
TITLE_SIZES = range(84, 47, -4)
MAX_LINES = 3
# Drawn so many times larger and shrunk, because Pillow's shapes have no soft edges.
FINE = 2

RIDGES = (
    (TERRA_600, ((0, 520), (130, 470), (210, 470), (250, 505), (420, 485), (520, 440), (640, 440), (690, 500),
                 (860, 470), (960, 400), (1090, 400), (1130, 455), (1200, 440))),
    (TERRA_500, ((0, 560), (180, 530), (330, 548), (520, 515), (740, 552), (930, 505),
                 (1080, 538), (1200, 500))),
    (AGAVE_700, ((0, 588), (260, 566), (560, 590), (880, 560), (1200, 580))),
)  # fmt: skip


def draw(title: str, name: str) -> bytes:
    """Return the card as PNG: the title in up to three lines, the clinic's name above it."""
    card = _desert().copy()
    pen = ImageDraw.Draw(card)
    pen.text((MARGIN, 76), name, font=_font("clinic-sans", 34, 600), fill=SAND_200)
    pen.rectangle((MARGIN, 132, MARGIN + 72, 137), fill=GOLD_300)
    font, lines = _fitting(title)
    for number, line in enumerate(lines):
        pen.text((MARGIN, 170 + number * font.size * 1.16), line, font=font, fill=SAND_50)
    file = io.BytesIO()
    # Flat colours: a palette makes the file a third of its size.
    card.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _desert() -> Image.Image:
    large = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), AGAVE_900)
    pen = ImageDraw.Draw(large)
    pen.ellipse(tuple(FINE * edge for edge in (960, 300, 1140, 480)), fill=GOLD_300)
    for colour, ridge in RIDGES:
        points = [(0, HEIGHT), *ridge, (WIDTH, HEIGHT)]
        pen.polygon([(FINE * x, FINE * y) for x, y in points], fill=colour)
    return large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _fitting(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest size at which the title fits, and its lines; a very long one is cut."""
    for size in TITLE_SIZES:
        font = _font("clinic-serif", size, 600)
        lines = _wrapped(title, font)
        if len(lines) <= MAX_LINES:
            return font, lines
    return font, [*lines[: MAX_LINES - 1], lines[MAX_LINES - 1] + " …"]


def _wrapped(title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > TEXT_WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(Path(settings.BASE_DIR) / "static" / "fonts" / f"{name}.woff2", size)
    font.set_variation_by_axes([weight])
    return font
