"""What a first visit costs and what Lighthouse says of it. `make bench` prints both beside the speeds."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from clinic_site.local import browser
from deploy.audit import lighthouse
from deploy.audit.node import Missing
from deploy.audit.pages import addresses
from tests.journeys.weights import weigh

MORE = ("/es/", "/es/conditions/migraine/", "/botox/", "/botox/safety/", "/am-i-a-candidate/", "/faq/")


def measure(site: str) -> None:
    """Print bytes and requests of a first view at 390 px, cold cache."""
    names = f"{'HTML KB':>9}{'all KB':>9}{'requests':>10}{'blocking':>10}"
    print(f"\n{'first view, 390 px, nothing cached':36}{names}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=["--no-sandbox"])
        for path in [*addresses("most_read"), *MORE]:
            one = weigh(chromium, site + path)
            sizes = f"{one.html / 1024:9.1f}{one.total / 1024:9.1f}"
            print(f"  {path:34}{sizes}{len(one.requests):10}{len(one.blocking):10}", flush=True)
        chromium.close()


def scores(site: str, folder: Path) -> None:
    """Print Lighthouse's scores and times (mobile, simulated slow network), or why there are none."""
    try:
        program, chrome = lighthouse.ready(folder)
    except Missing as missing:
        print(f"\nSKIPPED {missing}")
        return
    names = ("perf", "a11y", "best", "seo")
    print(
        f"\n{'Lighthouse, mobile':36}"
        + "".join(f"{name:>6}" for name in names)
        + f"{'LCP ms':>9}{'FCP ms':>9}"
    )
    for path in addresses("most_read"):
        try:
            report = lighthouse.best(program, chrome, site + path, folder / "lighthouse.json")
        except Missing as missing:
            print(f"SKIPPED {missing}")
            continue
        times = [
            report["audits"][name]["numericValue"]
            for name in ("largest-contentful-paint", "first-contentful-paint")
        ]
        row = "".join(f"{score:6}" for score in lighthouse.scores(report).values())
        print(f"  {path:34}{row}" + "".join(f"{time:9.0f}" for time in times), flush=True)
