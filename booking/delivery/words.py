"""Subjects and onward advice. Nothing here may tell what kind of care somebody asks for."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking.rules.notices import Notice
from booking.rules.reasons import CloseReason, DeclineReason

SUBJECTS: Final[dict[Notice, Promise]] = {
    Notice.RECEIVED: _("We have your request"),
    Notice.QUESTION: _("We have a question for you"),
    Notice.LETTER: _("We wrote you a message"),
    Notice.TIMES_OFFERED: _("Times to choose from"),
    Notice.OFFER_LAPSING: _("The times run out soon"),
    Notice.VISIT_AGREED: _("Your visit is booked"),
    Notice.VISIT_MOVED: _("Your visit has a new time"),
    Notice.VISIT_CANCELLED: _("Your visit is cancelled"),
    Notice.REMINDER_DAYS: _("Your visit is in two days"),
    Notice.REMINDER_HOURS: _("Your visit is today"),
    Notice.OVERDUE: _("We are late with our reply"),
    Notice.NEW_LINK: _("Your new link"),
    Notice.DECLINED: _("News about your request"),
    Notice.CLOSED: _("Your request is closed"),
    Notice.WITHDRAWN: _("You ended your request"),
    Notice.STAFF_NEW: _("New request"),
    Notice.STAFF_SAME_DAY: _("New request: read it today"),
    Notice.STAFF_PATIENT: _("News about a request"),
}

# Where to go instead. Each names somebody who can act, and leaves the way to us open.
ONWARD: Final[dict[str, Promise]] = {
    DeclineReason.OTHER_SPECIALTY: _(
        "Another kind of doctor may help you more. Your primary care doctor can tell you who that is."
    ),
    DeclineReason.PRIMARY_CARE: _(
        "A visit with your primary care doctor should come first. They can send you to us after that."
    ),
    DeclineReason.NOT_OFFERED: _(
        "We do not offer what you asked for. Your primary care doctor or your health plan can name who does."
    ),
    DeclineReason.AGE: _("We see adults only. Your child’s doctor can tell you where to go."),
    DeclineReason.DISTANCE: _(
        "An office closer to you may suit you better. Your doctor or your health plan can name one."
    ),
}

WHY_CLOSED: Final[dict[str, Promise]] = {
    CloseReason.UNREACHABLE: _("We tried to reach you, but we could not."),
    CloseReason.DUPLICATE: _("You sent us more than one request. We go on with the other one."),
    CloseReason.SPAM: _("We could not read it as a request."),
    CloseReason.OTHER: _("Call us if you do not know why."),
}
