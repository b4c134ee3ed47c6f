"""Draws the icons of the web manifest from the favicon: `python -m clinic_site.local.icons`.

To run when the favicon changed. The files are committed, so nobody needs a browser to serve them.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from clinic_site.local import browser

IMAGES = Path(__file__).resolve().parent.parent.parent / "static" / "img"
SAND = "#fbf7f1"
# (file, pixels, share of the square that the drawing fills, ground). A maskable icon may be cut to a circle
# of 80 % of its width, and iPhones paint black what is transparent.
ICONS = (
    ("icon-192.png", 192, 1.0, "transparent"),
    ("icon-512.png", 512, 1.0, "transparent"),
    ("maskable-512.png", 512, 0.74, SAND),
    ("apple-touch.png", 180, 0.84, SAND),
)


def main() -> None:
    """Write the four files."""
    svg = (IMAGES / "favicon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        for name, pixels, share, ground in ICONS:
            page = chromium.new_page(viewport={"width": pixels, "height": pixels})
            page.set_content(_page(svg, pixels * share, ground))
            page.screenshot(path=IMAGES / "icons" / name, omit_background=True)
        chromium.close()


def _page(svg: str, width: float, ground: str) -> str:
    style = f"body{{margin:0;height:100vh;display:grid;place-items:center;background:{ground}}}"
    return f"<!doctype html><style>{style} svg{{width:{width}px;height:{width}px}}</style>{svg}"


if __name__ == "__main__":
    main()
