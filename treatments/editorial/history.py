"""What each text said before, who changed it, and the way back, kept by django-reversion.

A version is a whole: a page with its sections, a condition with its uses and their numbers. What a release
loads is no version of staff; it is kept as one, without a name, just before the first change to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import reversion
from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from modeltranslation.translator import translator
from reversion.errors import RevertError
from reversion.models import Version

from treatments.models import FAQ, Condition, Finding, Harm, Indication, Page, Section, Source
from treatments.models.pages import Status

# Each kept with the rows that belong to it.
FOLLOW: dict[Any, tuple[str, ...]] = {
    Page: ("sections",),
    Section: (),
    FAQ: (),
    Condition: ("indications",),
    Indication: ("findings", "harms"),
    Finding: (),
    Harm: (),
    Source: (),
}
# The values of a row by field, for each row of a whole, by model and primary key.
State = dict[tuple[Any, str], dict[str, Any]]


class CannotGoBack(Exception):
    """This version does not fit any more; str(error) is a sentence."""


def follow_content() -> None:
    """Tell django-reversion what belongs together; of a translated field, each language counts."""
    for model, follow in FOLLOW.items():
        if not reversion.is_registered(model):
            reversion.register(model, follow=follow, exclude=_translated(model))


def keep(row: Any, user: Any, comment: str = "") -> None:
    """Keep the whole as it is now in the database, as changed by a member of staff (None: by nobody)."""
    with reversion.create_revision():
        reversion.add_to_revision(_stored(row))
        reversion.set_comment(comment)
        if user:
            reversion.set_user(user)


def keep_what_staff_did_not_write(row: Any) -> None:
    """Keep the whole as the database holds it, unless its newest version says the same.

    Call it before a change: what a release loaded then stands in the history, and can be brought back.
    """
    newest = versions(row).first()
    if not newest:
        keep(row, None, _("As shipped with the site"))
    elif not _alike(state_of(newest), state_now(row)):
        keep(row, None, _("As renewed by a release of the site"))


def versions(row: Any) -> Any:
    """Return the versions of a whole, the newest first."""
    return Version.objects.get_for_object(row).select_related("revision__user")


def state_of(version: Version) -> State:
    """Return what the whole said in a version. Raises RevertError when it cannot be read any more."""
    kept = version.revision.version_set.all()
    return {(one._model, one.object_id): one.field_dict for one in kept}


def state_now(row: Any) -> State:
    """Return what the whole says in the database."""
    return {(type(one), str(one.pk)): _values(one) for one in _whole(_stored(row))}


@transaction.atomic
def go_back(version: Version, user: Any) -> Any:
    """Bring a version back as a draft and return its row. What is replaced is kept first.

    A condition has no draft of its own: its page becomes one. Raises CannotGoBack with a sentence.
    """
    row = version._model.objects.get(pk=version.object_id)
    keep_what_staff_did_not_write(row)
    try:
        with transaction.atomic():
            version.revision.revert(delete=True)
            # Now, and not at the end of the transaction, where nobody could say what is wrong.
            connection.check_constraints()
    except (RevertError, IntegrityError) as error:
        raise CannotGoBack(
            _("This version cannot come back: something it refers to is gone, or its key is taken.")
        ) from error
    row = _stored(row)
    _withdraw(row)
    # Also tells the pages that kept the old text: what is restored keeps its old time of change.
    row.save()
    when = date_format(localtime(version.revision.date_created), "DATETIME_FORMAT")
    keep(row, user, _("Back to the version of %(when)s") % {"when": when})
    return row


def _withdraw(row: Any) -> None:
    if hasattr(row, "status") and not isinstance(row, Indication):
        row.status = Status.DRAFT
    page = Page.objects.filter(condition=row).first() if isinstance(row, Condition) else None
    if page:
        page.status = Status.DRAFT
        page.save()


def _whole(row: Any) -> Iterator[Any]:
    yield row
    for name in FOLLOW[type(row)]:
        for part in getattr(row, name).all():
            yield from _whole(part)


def _stored(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def _values(row: Any) -> dict[str, Any]:
    left_out = _translated(type(row))
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in left_out}


def _alike(one: State, other: State) -> bool:
    return _without_times(one) == _without_times(other)


def _without_times(state: State) -> State:
    return {
        key: {name: value for name, value in values.items() if name != "updated_at"}
        for key, values in state.items()
    }


def _translated(model: Any) -> tuple[str, ...]:
    """Return the fields that only stand for the columns of each language."""
    if model not in translator.get_registered_models(abstract=False):
        return ()
    return tuple(translator.get_options_for_model(model).all_fields)
