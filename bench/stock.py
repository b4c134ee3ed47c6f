"""What one would have without this workspace: Django's own list of the same table, as its manual shows it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from booking.models import ConsultationRequest
from clinic_site.urls import urlpatterns as real

site = admin.AdminSite(name="stock")


@admin.register(ConsultationRequest, site=site)
class StockAdmin(admin.ModelAdmin):
    """Names are sealed, which this list cannot search: the reference stands in for them, as plain text."""

    list_display = ("reference", "topic", "status", "priority", "language", "assignee", "received_at")
    list_filter = ("topic", "status", "priority", "language")
    search_fields = ("reference",)
    date_hierarchy = "received_at"
    list_per_page = 50


urlpatterns = [path("stock/", site.urls), *real]
