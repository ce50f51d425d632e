"""What readers report: read, and settled."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.logged import LoggedAdmin
from claims.admin.requests import get_user
from claims.models import Report
from claims.models.reports import ReportQuerySet, ReportVerdict
from claims.passages.cutting import cut_text

LONGEST_NOTE_LISTED = 100  # characters
LONGEST_CONTENT_LISTED = 80  # characters


@admin.register(Report)
class ReportAdmin(LoggedAdmin):
    list_display = (
        "problem",
        "note_start",
        "the_quote",
        "made_at",
        "verdict",
        "settled_by",
        "settled_at",
    )
    list_filter = (("verdict", admin.EmptyFieldListFilter), "verdict", "problem")
    list_select_related = ("quote__actor__article__outlet", "settled_by")
    search_fields = ("note", "quote__content", "quote__actor__name")
    search_help_text = "words of the note or of the quote, or the actor's name"
    fields = ("the_quote", "problem", "note", "made_at", "verdict", "settled_by", "settled_at")
    actions = ("no_error", "corrected")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        unread = (
            "quote__search_content",
            "quote__actor__article__text",
            "quote__actor__article__search",
        )
        return super().get_queryset(request).defer(*unread)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # readers report; curators correct

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """Let nobody change what was sent; the actions of the list settle it."""
        return obj is None and super().has_change_permission(request)

    @admin.display(description="note")
    def note_start(self, report: Report) -> str:
        return cut_text(report.note, LONGEST_NOTE_LISTED)

    @admin.display(description="quote", ordering="quote")
    def the_quote(self, report: Report) -> SafeString:
        address = reverse("admin:claims_quote_change", args=[report.quote_id])
        content = cut_text(report.quote.content, LONGEST_CONTENT_LISTED)
        return format_html('<a href="{}">{}: {}</a>', address, report.quote.said_by, content)

    @admin.action(description="Settle: there is no error", permissions=["change"])
    def no_error(self, request: HttpRequest, reports: ReportQuerySet) -> None:
        self.settle(request, reports, ReportVerdict.NO_ERROR)

    @admin.action(description="Settle: corrected", permissions=["change"])
    def corrected(self, request: HttpRequest, reports: ReportQuerySet) -> None:
        self.settle(request, reports, ReportVerdict.CORRECTED)

    def settle(self, request: HttpRequest, reports: ReportQuerySet, verdict: ReportVerdict) -> None:
        number = reports.settle(verdict, get_user(request))
        settled = "1 report is" if number == 1 else f"{number} reports are"
        self.message_user(request, f"{settled} settled: {verdict.label}.")
