"""The product's settings, with its kept pages taken out; RIVAL says what stands in their place."""

from __future__ import annotations

import os

from clinic_site.settings import *  # noqa: F403
from clinic_site.settings import MIDDLEWARE

ROOT_URLCONF = "bench.rival_urls"
if os.environ["RIVAL"] == "locmem":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CACHE_MIDDLEWARE_SECONDS = 600
    MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
