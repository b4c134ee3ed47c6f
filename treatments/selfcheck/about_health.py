"""What speaks against BOTOX, and what a clinician must know first.

Facts as on the condition pages; the keys of sources are those of treatments/content/sources.toml.
A proposal until a clinician has signed it off, like every health page.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from treatments.selfcheck.reason import DIARY, DO_NOT_STOP, LABEL, LABEL_AND_GUIDE, Reason, Speaks, when

NOT_SUITABLE: Final = (
    Reason(
        "under-18",
        Speaks.NOT_SUITABLE,
        when(age="no"),
        _("You are under 18"),
        _("This check is for adults. The FDA has approved BOTOX for migraine in adults only."),
        LABEL,
        then=_("Ask a parent or guardian to call us, or your doctor. They can say who helps at your age."),
    ),
    Reason(
        "few-days",
        Speaks.NOT_SUITABLE,
        when(pain="migraine", days="fewer"),
        _("Fewer than 15 headache days a month"),
        _("BOTOX has not been shown to help people with fewer than 15 headache days a month."),
        ("jackson-2012", "simpson-2016"),
        then=DIARY,
    ),
    Reason(
        "allergy",
        Speaks.NOT_SUITABLE,
        when(health="allergy"),
        _("An allergy"),
        _("Nobody should have BOTOX who is allergic to a botulinum toxin product or to anything in it."),
        LABEL,
        then=_("Tell every doctor and dentist about your allergy."),
    ),
    Reason(
        "infection",
        Speaks.NOT_SUITABLE,
        when(health="infection"),
        _("An infection where a shot might go"),
        _("BOTOX must not be put where the skin is infected. Do this check again when it has healed."),
        LABEL,
        then=_("See a doctor about the infection."),
    ),
)

HEALTH: Final = (
    Reason(
        "nerve-muscle",
        Speaks.TALK_FIRST,
        when(health="nerve-muscle"),
        _("A nerve or muscle disease"),
        _("The FDA warns of a higher risk with some health problems. A clinician must look at this first."),
        LABEL_AND_GUIDE,
    ),
    Reason(
        "swallowing",
        Speaks.TALK_FIRST,
        when(health="swallowing"),
        _("Trouble swallowing or breathing"),
        _("BOTOX can cause trouble swallowing or breathing, which can be life-threatening."),
        LABEL_AND_GUIDE,
        then=_("If swallowing or breathing gets worse, call 911."),
    ),
    Reason(
        "pregnancy",
        Speaks.TALK_FIRST,
        when(health="pregnancy"),
        _("Pregnancy or breastfeeding"),
        _("It is not known if BOTOX can harm an unborn baby, or if it passes into milk."),
        LABEL_AND_GUIDE,
    ),
    Reason(
        "bleeding",
        Speaks.TALK_FIRST,
        when(health="bleeding"),
        _("Bleeding, or a blood thinner"),
        _("A clinician must know this before any shot."),
        ("botox-medguide",),
        then=DO_NOT_STOP,
    ),
    Reason(
        "toxin",
        Speaks.TALK_FIRST,
        when(health="toxin"),
        _("A shot in the last 4 months"),
        _("Units differ from brand to brand. A clinician must know which product you had, and when."),
        LABEL_AND_GUIDE,
        then=_("Find out which product you had, how much of it, and on which day."),
    ),
    Reason(
        "surgery",
        Speaks.TALK_FIRST,
        when(health="surgery"),
        _("Surgery planned soon"),
        _("A clinician must know about planned surgery before any shot."),
        ("botox-medguide",),
    ),
    Reason(
        "face",
        Speaks.TALK_FIRST,
        when(health="face"),
        _("Your face, eyelid or forehead"),
        _("BOTOX can cause weak muscles and a droopy eyelid. A clinician must look at your face first."),
        LABEL_AND_GUIDE,
    ),
    Reason(
        "medicines",
        Speaks.NOTE,
        when(health="medicines"),
        _("Other medicines"),
        _("Some medicines can raise the risk. Tell us all you take."),
        LABEL,
        then=DO_NOT_STOP,
    ),
    Reason(
        "nothing-against",
        Speaks.WORTH_A_TALK,
        when(health="none"),
        _("No clear reason against it"),
        _("You checked none of the allergy, infection or illness boxes."),
    ),
)
