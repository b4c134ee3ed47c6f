"""What the kind of pain, its course and the treatments so far speak for.

Facts as on the condition pages; the keys of sources are those of treatments/content/sources.toml.
A proposal until a clinician has signed it off, like every health page.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from treatments.selfcheck.reason import DIARY, DO_NOT_STOP, LABEL, Reason, Speaks, when

_OFF_LABEL: Final = _("Not an FDA-approved use")
_OTHERS_FIRST: Final = _("Other treatments come first")

OFF_LABEL: Final = (
    Reason(
        "off-label-tension",
        Speaks.TALK_FIRST,
        when(pain="tension-headache"),
        _OFF_LABEL,
        _("Studies disagree. A 2016 US guideline found that BOTOX probably does not work for this."),
        ("simpson-2016",),
        then=DIARY,
    ),
    Reason(
        "off-label-jaw",
        Speaks.TALK_FIRST,
        when(pain="tmj"),
        _OFF_LABEL,
        _("BOTOX may ease jaw muscle pain for some people. It was not better than standard care."),
        ("delatorre-2024",),
    ),
    Reason(
        "off-label-back",
        Speaks.TALK_FIRST,
        when(pain="back-pain"),
        _OFF_LABEL,
        _("A few small studies suggest short-term help for some people. The proof is very weak."),
        ("foster-2001", "waseem-2011"),
    ),
)

HEADACHES: Final = (
    Reason(
        "approved-use",
        Speaks.WORTH_A_TALK,
        when(pain="migraine", days="15-or-more", months="yes", hours="yes"),
        _("Fits the FDA-approved use"),
        _("You have long headaches on 15 or more days a month, and have had them for more than 3 months."),
        ("botox-label", "ichd-3"),
        then=_("Ask if it is chronic migraine. Only a clinician can tell."),
    ),
    Reason(
        "days-unsure",
        Speaks.TALK_FIRST,
        when(pain="migraine", days="unsure"),
        _("You are not sure about your headache days"),
        _("The FDA-approved use starts at 15 headache days a month. A diary shows your number."),
        LABEL,
        then=DIARY,
    ),
    Reason(
        "months",
        Speaks.TALK_FIRST,
        when(pain="migraine", months="no unsure"),
        _("It may be too soon to tell"),
        _("It is called chronic migraine only after more than 3 months. First find out what it is."),
        ("ichd-3",),
        then=DIARY,
    ),
    Reason(
        "hours",
        Speaks.TALK_FIRST,
        when(pain="migraine", hours="no unsure"),
        _("Your headaches may be short"),
        _("The FDA-approved use is for headaches that last 4 hours a day or longer."),
        LABEL,
        then=DIARY,
    ),
    Reason(
        "medicine-simple",
        Speaks.TALK_FIRST,
        when(medicine="simple"),
        _("Pain pills on 15 or more days"),
        _("Simple pain pills on 15 or more days a month can keep headaches going."),
        ("ichd-3",),
        then=DO_NOT_STOP,
    ),
    Reason(
        "medicine-strong",
        Speaks.TALK_FIRST,
        when(medicine="strong"),
        _("Strong or mix pills on 10 or more days"),
        _("A triptan, an opioid or a mix pill on 10 or more days a month can keep headaches going."),
        ("ichd-3",),
        then=DO_NOT_STOP,
    ),
    Reason(
        "medicine-unsure",
        Speaks.NOTE,
        when(medicine="unsure"),
        _("Count your medicine days"),
        _("Pain medicine on too many days can keep headaches going. A diary shows your number."),
        ("ichd-3",),
        then=DO_NOT_STOP,
    ),
)

TRIED: Final = (
    Reason(
        "tried-migraine",
        Speaks.TALK_FIRST,
        when(pain="migraine", tried="no"),
        _OTHERS_FIRST,
        _("BOTOX is not the usual first step. UK guidance offers it after at least 3 preventive drugs."),
        ("nice-ta260",),
    ),
    Reason(
        "tried-tension",
        Speaks.TALK_FIRST,
        when(pain="tension-headache", tried="no"),
        _OTHERS_FIRST,
        _("A European guideline starts with training, therapy and a preventive pill."),
        ("bendtsen-2010",),
    ),
    Reason(
        "tried-jaw",
        Speaks.TALK_FIRST,
        when(pain="tmj", tried="no"),
        _OTHERS_FIRST,
        _("A 2023 guideline gives jaw exercise, talking therapy and hands-on therapy its strongest support."),
        ("busse-2023",),
    ),
    Reason(
        "tried-back",
        Speaks.TALK_FIRST,
        when(pain="back-pain", tried="no"),
        _OTHERS_FIRST,
        _("The American College of Physicians puts exercise and other care without drugs first."),
        ("qaseem-2017",),
    ),
    Reason(
        "tried-unsure",
        Speaks.NOTE,
        when(tried="unsure"),
        _("What you have tried so far"),
        _("Most people have other things to try before BOTOX. It helps to know what you have had."),
        then=_("Write down what you have tried, and for how long."),
    ),
)
