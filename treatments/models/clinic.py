"""The clinic's own facts: one row, its opening hours and the days it is closed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treatments.models.base import ANSWER, LINE, Content, MarkdownField, english_required, text_bounds
from treatments.models.validators import validate_e164, validate_state, validate_time_zone, validate_zip
from treatments.text.statements import STATEMENTS


def _statement(label: Promise, help_text: Promise) -> MarkdownField:
    return MarkdownField(label, limit=ANSWER, blank=True, help_text=help_text)


class Clinic(Content):
    """The one clinic of this site. Blank means "to be set", and pages say so."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=LINE)
    phone = models.CharField(
        _("phone"), max_length=16, validators=[validate_e164], help_text=_("For example +14805550100.")
    )
    fax = models.CharField(_("fax"), max_length=16, blank=True, validators=[validate_e164])
    email = models.EmailField(_("e-mail"), blank=True)
    street = models.CharField(_("street"), max_length=LINE, blank=True)
    street_2 = models.CharField(_("suite or floor"), max_length=LINE, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=2, default="AZ", validators=[validate_state])
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True, validators=[validate_zip])
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/Phoenix", validators=[validate_time_zone]
    )
    hours_confirmed = models.BooleanField(
        _("hours are confirmed"), default=False, help_text=_("Until then pages say “to be confirmed”.")
    )
    hours_note = models.CharField(_("note on the hours"), max_length=LINE, blank=True)
    emergency_line = models.CharField(
        _("emergency line"),
        max_length=LINE,
        help_text=_("One sentence beside the phone number on every page."),
    )
    reply_business_days = models.PositiveSmallIntegerField(
        _("reply within so many business days"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    visit_note = _statement(_("what your visit is like"), _("How a consultation goes at this clinic."))
    stopping_note = _statement(
        _("when you stop"), _("When this clinic stops a treatment that does not help.")
    )
    off_label_note = _statement(_("your off-label practice"), _("Which off-label uses this clinic offers."))
    costs_note = _statement(_("costs and insurance"), _("Plans you take, and how people find out the price."))
    access_note = _statement(_("access and parking"), _("Parking, steps, doors, and help you can give."))
    language_note = _statement(_("languages"), _("Languages spoken, and how to ask for an interpreter."))

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinic")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="%(app_label)s_clinic_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(phone__regex=r"^\+[1-9][0-9]{7,14}$"),
                name="%(app_label)s_clinic_phone_is_e164",
            ),
            models.CheckConstraint(
                condition=models.Q(reply_business_days__range=(1, 10)),
                name="%(app_label)s_clinic_reply_days_in_range",
            ),
            english_required("emergency_line"),
            *text_bounds(**dict.fromkeys(STATEMENTS, ANSWER)),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(Content):
    """One stretch of a weekday when the phone is answered, in the clinic's own time."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="opening_hours", default=1)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "weekday", "opens"], name="%(app_label)s_openinghours_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__range=(0, 6)), name="%(app_label)s_openinghours_weekday_known"
            ),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="%(app_label)s_openinghours_close_after_opening",
                violation_error_message=_("The closing time must come after the opening time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"

    def clean(self) -> None:
        if self.opens is None or self.closes is None or self.weekday is None:
            return
        same_day = OpeningHours.objects.filter(clinic=self.clinic, weekday=self.weekday)
        if same_day.exclude(pk=self.pk).filter(opens__lt=self.closes, closes__gt=self.opens).exists():
            raise ValidationError(_("These hours overlap others on the same day."))


class Closure(Content):
    """Whole days when the clinic is closed, both ends included."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="closures", default=1)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=LINE, blank=True, help_text=_("Shown to patients."))

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_closure_ends_after_it_starts",
                violation_error_message=_("The last day must not come before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} - {self.ends_on}"
