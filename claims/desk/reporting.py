"""An error that a reader reports: read from a form, within limits, and kept for the curators."""

from django import forms
from django.http import HttpRequest

from claims.desk.sending import compute_sender, has_reached_limit
from claims.models import Quote, Report
from claims.models.reports import LONGEST_REPORT_NOTE, ReportProblem

MOST_REPORTS_AN_HOUR = 10  # reports of one sender
TOO_MANY_REPORTS_MESSAGE = (
    f"You have reported {MOST_REPORTS_AN_HOUR} errors within an hour, which is as many as one can."
    " Please send this one later."
)


class ReportForm(forms.Form):
    """What a reader says is wrong with a quote.

    `website` is a trap: nobody who looks at the page sees it, so what is in it a program wrote.
    """

    problem = forms.ChoiceField(label="What is wrong", choices=ReportProblem.choices)
    note = forms.CharField(required=False, max_length=LONGEST_REPORT_NOTE)
    website = forms.CharField(required=False)

    def clean(self) -> dict[str, object]:
        values = super().clean() or self.cleaned_data
        has_note = bool(values.get("note", "").strip())
        if values.get("problem") == "other" and not has_note:
            self.add_error("note", "Say in a few words what is wrong.")
        return values


def has_sent_too_many(request: HttpRequest) -> bool:
    sent = Report.objects.sent_lately(compute_sender(request))
    return has_reached_limit(sent, MOST_REPORTS_AN_HOUR)


def store_report(form: ReportForm, quote: Quote, request: HttpRequest) -> None:
    """Store what a reader reports; what a program has sent is dropped without a word."""
    values = form.cleaned_data
    if values["website"]:
        return
    Report.objects.create(
        quote=quote,
        problem=values["problem"],
        note=values["note"],
        sender=compute_sender(request),
    )
