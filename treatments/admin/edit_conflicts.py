"""A form that somebody else overtook is not saved: it says what was changed since it was opened."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, QuerySet
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from treatments.editorial import differences
from treatments.editorial.history import State

OPENED = "opened_as"  # the hidden field: the row and its parts as the form showed them, signed
MEANWHILE = "_meanwhile"  # where a request carries what it found


class EditConflictAdmin(admin.ModelAdmin):
    """Compares, at each save, the rows as they are with the rows as they were when the form was opened.

    Saves of one row follow each other: the rows are locked before they are compared. The answer to a stale
    form has status 409, keeps every word that was typed, and can never be saved: whoever presses again
    reads the same, until they open the form anew.
    """

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form; one that was overtaken carries the error already."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not (change and request.method == "POST" and self.has_change_permission(request, obj)):
            return form
        now, opened = _plain(self._rows(obj, lock=True)), _opened(request)
        if now == opened:
            return form
        said = _said(obj)
        setattr(request, MEANWHILE, differences.between(_state(opened), _state(now)) if opened else [])

        def clean(self: Any) -> Any:
            cleaned = form.clean(self)
            self.add_error(None, ValidationError(said))
            return cleaned

        return type(form)(form.__name__, (form,), {"clean": clean})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show the form with the rows as it was opened, and what was changed since."""
        obj, found = context.get("original"), getattr(request, MEANWHILE, None)
        if obj is not None:
            fresh = signing.dumps(_plain(self._rows(obj)), salt=OPENED, compress=True)
            context[OPENED] = request.POST.get(OPENED, "") if request.method == "POST" else fresh
        context |= {"overtaken": found is not None, "changed_meanwhile": found}
        answer = super().render_change_form(request, context, *args, **kwargs)
        if found is not None:
            answer.status_code = 409
        return answer

    def _rows(self, obj: Any, *, lock: bool = False) -> list[tuple[Any, QuerySet[Any]]]:
        inlines = (
            (inline.model, {_get_foreign_key(self.model, inline.model, inline.fk_name).name: obj})
            for inline in self.inlines
        )
        found = [(model, model._base_manager.filter(**which)) for model, which in inlines]
        all_rows = [(self.model, self.model._base_manager.filter(pk=obj.pk)), *found]
        return [(model, rows.select_for_update() if lock else rows) for model, rows in all_rows]


def _plain(rows: list[tuple[Any, QuerySet[Any]]]) -> dict[str, Any]:
    """Return the rows as JSON would bring them back. A picture is told by its digest, which stands beside."""
    found = {
        f"{model._meta.label_lower}:{row['pk']}": row
        for model, chosen in rows
        for row in chosen.order_by("pk").values("pk", *_columns(model))
    }
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


def _columns(model: Any) -> list[str]:
    """Return the columns that staff write: of a translated text, those of its languages."""
    names = {field.name for field in model._meta.concrete_fields}
    return [
        field.attname
        for field in model._meta.concrete_fields
        if not isinstance(field, BinaryField)
        and not getattr(field, "auto_now", False)
        and f"{field.name}_en" not in names
    ]


def _opened(request: HttpRequest) -> dict[str, Any] | None:
    try:
        opened: dict[str, Any] = signing.loads(request.POST.get(OPENED, ""), salt=OPENED)
    except signing.BadSignature:
        return None
    return opened


def _state(plain: dict[str, Any]) -> State:
    """Return plain rows as the history knows them, values of their own kind again."""
    state: State = {}
    for key, row in plain.items():
        label, _colon, pk = key.partition(":")
        model = apps.get_model(label)
        values = {
            name: model._meta.get_field(name).to_python(value) for name, value in row.items() if name != "pk"
        }
        state[model, pk] = values
    return state


def _said(obj: Any) -> str:
    """Return who saved this row last, and what to do about it."""
    kind = ContentType.objects.get_for_model(type(obj))
    last = LogEntry.objects.filter(content_type=kind, object_id=str(obj.pk)).select_related("user").first()
    who = last.user.get_full_name() or last.user.get_username() if last else _("Somebody")
    when = date_format(localtime(last.action_time), "TIME_FORMAT") if last else _("meanwhile")
    return _(
        "Nothing was saved: this was changed after you opened it (%(who)s, %(when)s). "
        "What you typed still stands below. Open the form anew and carry over what is yours."
    ) % {"who": who, "when": when}
