"""Which compression a browser takes (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli

# Best first. Levels that take milliseconds; a page is compressed once for thousands of readers.
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=9)),
    "gzip": lambda body: gzip.compress(body, compresslevel=9, mtime=0),
}


def preferred(accept: str) -> str:
    """Return "br", "gzip", or "" for none, by an Accept-Encoding header; ours decides between equals."""
    weights = dict(map(_weight, accept.lower().split(",")))
    otherwise = weights.get("*", 0.0)
    best = max(COMPRESS, key=lambda coding: weights.get(coding, otherwise))
    weight = weights.get(best, otherwise)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def _weight(part: str) -> tuple[str, float]:
    coding, _, parameters = part.partition(";")
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(value)
    except ValueError:
        return coding.strip(), 0.0
