"""What else helps with each kind of pain, and what to do next. The facts are those of the condition pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treatments.selfcheck.questions import Pain


@dataclass(frozen=True)
class Option:
    """A treatment other than BOTOX, or a step to take, with its sources."""

    words: str | Promise
    sources: tuple[str, ...] = ()


OPTIONS: Final = {
    Pain.MIGRAINE: (
        Option(
            _("CGRP medicines. The American Headache Society calls them a first-line option."),
            ("charles-2024",),
        ),
        Option(
            _("Daily preventive pills. In single trials, BOTOX was not better than two of them."),
            ("jackson-2012",),
        ),
        Option(
            _(
                "Fewer pain-medicine days, if you take pain medicine often. Do not stop or cut down on your "
                "own. Ask first."
            ),
            ("ichd-3", "fda-2019"),
        ),
    ),
    Pain.TENSION_HEADACHE: (
        Option(_("Biofeedback, relaxation, talking therapy (CBT) and physical therapy."), ("bendtsen-2010",)),
        Option(_("A preventive pill. Amitriptyline is the first choice."), ("bendtsen-2010",)),
        Option(_("Up to 10 sessions of acupuncture over 5 to 8 weeks."), ("nice-cg150",)),
    ),
    Pain.TMJ: (
        Option(_("Jaw exercise with a therapist, and practice at home."), ("busse-2023",)),
        Option(_("Talking therapy (CBT), hands-on therapy and posture exercise."), ("busse-2023",)),
        Option(_("Soft food and anti-inflammatory pills."), ("afp-2015",)),
    ),
    Pain.BACK_PAIN: (
        Option(_("Exercise, yoga and tai chi."), ("qaseem-2017",)),
        Option(
            _("Acupuncture, spinal manipulation, mindfulness and talking therapy (CBT)."), ("qaseem-2017",)
        ),
        Option(
            _("A team program with doctors and therapists, then anti-inflammatory pills."), ("qaseem-2017",)
        ),
    ),
}

# After what the reasons ask for.
NEXT: Final = {
    Pain.MIGRAINE: (
        Option(_("Ask about CGRP medicines too. They are now a first-line option."), ("charles-2024",)),
    ),
    Pain.TENSION_HEADACHE: (),
    Pain.TMJ: (Option(_("Ask if your pain comes from the muscles or from the joint.")),),
    Pain.BACK_PAIN: (Option(_("Write down what makes your back better, and what makes it worse.")),),
}
BRING: Final = Option(_("Bring a list of your medicines and of what you have tried."))
