"""What a form of the admin would post if nothing were typed."""

from __future__ import annotations

from typing import Any


def posted(client: Any, path: str) -> dict[str, Any]:
    """Return the data of the form at a path, its inlines included."""
    response = client.get(path)
    assert response.status_code == 200
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    if response.context.get("opened_as"):
        data["opened_as"] = response.context["opened_as"]
    return {name: "" if value is None else value for name, value in data.items() if value is not False}


def save(client: Any, path: str, **changes: Any) -> Any:
    """Post the form at a path with these changes."""
    return client.post(path, posted(client, path) | changes)
