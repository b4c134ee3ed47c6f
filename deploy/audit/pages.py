"""Which pages are audited: those that the site itself leads to."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin, urlsplit

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?]*)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def crawl(site: str) -> dict[str, str]:
    """Return the HTML of every page that links lead to from the home page, by path, in order."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        found[path] = read(site + path)
        waiting += _own_links(site + path, found[path])
    return found


def first_steps(site: str) -> dict[str, str]:
    """Return the pages of the request that need a draft: the first step, and the same with its errors."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def post(path: str, html: str) -> str:
        token = TOKEN.search(html)
        data = urlencode({"csrfmiddlewaretoken": token[1] if token else ""}).encode()
        try:
            with browser.open(site + path, data) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    with browser.open(f"{site}/consultation/") as answer:
        start = answer.read().decode()
    step = post("/consultation/", start)
    return {
        "/consultation/reason/": step,
        "/consultation/reason/ (errors)": post("/consultation/reason/", step),
    }


def read(url: str) -> str:
    """Return the body, also of an error page."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return error.read().decode()


def _own_links(page: str, html: str) -> list[str]:
    """Return the paths of this site's pages that a page links to; the staff workspace is not among them."""
    here = urlsplit(page).netloc
    targets = [urlsplit(urljoin(page, link)) for link in LINK.findall(html)]
    own = [target.path or "/" for target in targets if target.netloc == here]
    return [path for path in own if not path.startswith(("/static/", "/admin/"))]
