"""renew_link and revoke_links: the patient's private links."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from booking import actions
from booking.admin.verbs.base import VerbPage
from booking.rules.transitions import Verb


class SendLink(VerbPage):
    """Mail the patient a new link."""

    verb = Verb.RENEW_LINK
    title = _("Send a new link?")
    lead = _("It goes to the email address of the request. Links sent before still work.")
    done = _("A new link is on its way.")
    do = staticmethod(actions.send_link)


class RevokeLinks(VerbPage):
    """Shut every link of the request."""

    verb = Verb.REVOKE_LINKS
    danger = True
    title = _("Shut all links?")
    lead = _("Nobody can open the patient’s page any more, until you send a new link.")
    done = _("All links are shut.")
    do = staticmethod(actions.revoke_links)
