"""What a first visit costs, as Chromium's network log has it: bytes on the wire, requests, what blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

# Milliseconds. Long, because a busy machine is slow and a wrong page stays wrong.
PATIENCE = 120_000
PHONE = {"width": 390, "height": 844}
BLOCKING = """performance.getEntriesByType("resource")
    .filter(one => one.renderBlockingStatus === "blocking").map(one => one.name)"""


@dataclass
class Weight:
    """A page's first view with nothing cached; `html` and `total` in bytes with headers, as transferred."""

    total: int = 0
    html: int = 0
    requests: list[str] = field(default_factory=list)
    blocking: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> set[str]:
        """The hosts that were asked."""
        return {urlsplit(url).netloc for url in self.requests}


def weigh(browser: Browser, url: str) -> Weight:
    """Open a page on a phone that was never here before."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)
    context.set_default_timeout(PATIENCE)
    page, found, documents = context.new_page(), Weight(), set[str]()
    network = context.new_cdp_session(page)

    def sent(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("data:"):
            return
        found.requests.append(event["request"]["url"])
        if event.get("type") == "Document":
            documents.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        found.total += int(event["encodedDataLength"])
        if event["requestId"] in documents:
            found.html += int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", finished)
    page.on("console", lambda message: found.console.append(message.text))
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": False})
    page.goto(url, wait_until="networkidle")
    found.blocking = page.evaluate(BLOCKING)
    context.close()
    return found
