"""Quotes: corrected, decided, and their history."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.bulk import begin_bulk_decision, list_bulk_urls
from claims.admin.desk import list_desk_urls
from claims.admin.missed import list_missed_urls
from claims.admin.numbered_text import render_numbered_paragraphs, render_text_around
from claims.admin.quote_filters import EditedFilter, InDoubtFilter
from claims.admin.quote_form import ContentInline, QuoteForm
from claims.admin.requests import BULK_PERMISSION, build_decider
from claims.admin.words import list_words_urls
from claims.desk.correcting import save_corrected_quote, set_act, set_speaker, settle_reports
from claims.desk.deciding import (
    WORK_OF_STATUS,
)
from claims.desk.quote_values import build_quote_values
from claims.history.quotes import list_history_changes
from claims.intake.versions import find_quote_placement
from claims.models import DecisionWork, Quote, QuoteStatus
from claims.models.naming import NO_DATE
from newsroom.admin import DiscreetAdmin

LONGEST_CONTENT_LISTED = 100  # characters
WHY_NOT_IN_ARTICLE = {
    "gone": "It does not have these words.",
    "unclear": "It has these words, and does not tell which of its passages is meant.",
}
NOT_PUT_THERE = "It has these words, and nobody found or put the quote there."


@admin.register(Quote)
class QuoteAdmin(DiscreetAdmin):
    form = QuoteForm
    list_display = (
        "content_start",
        "who",
        "cue",
        "act",
        "kind",
        "status",
        "confidence",
        "actor_confidence",
        "day",
    )
    list_filter = (
        InDoubtFilter,
        EditedFilter,
        "status",
        "act",
        "kind",
        "article__outlet",
        "actor_method",
        "extractor",
    )
    search_fields = ("content", "source_text", "actor__name", "article__title")
    search_help_text = "words of the content, the source, the actor's name or the article's title"
    autocomplete_fields = ("actor",)
    list_select_related = ("actor__article__outlet", "article__outlet")
    list_per_page = 50
    date_hierarchy = "article__published_on"
    show_full_result_count = False
    inlines = (ContentInline,)
    actions = ("accept", "reject", "unreview", "speaker", "act")
    object_history_template = "admin/claims/quote/history.html"
    readonly_fields = (
        "in_article",
        "article_now",
        "source_text",
        "cue",
        "content",
        "stance",
        "wording",
        "confidence",
        "actor_confidence",
        "actor_method",
        "act_confidence",
        "may_also_be",
        "said_on",
        "within",
        "more",
        "extractor",
        "added_at",
    )
    fieldsets = (
        (None, {"fields": ("in_article", "actor", "act", "kind", "status")}),
        (
            "Spans: characters of the article's text, the end not included",
            {"fields": (("source_start", "source_end"), ("cue_start", "cue_end"))},
        ),
        (
            "As stored",
            {
                "fields": (
                    "source_text",
                    "cue",
                    "content",
                    "stance",
                    "wording",
                    "within",
                    "said_on",
                    "more",
                )
            },
        ),
        (
            "Where it comes from",
            {
                "fields": (
                    ("extractor", "added_at"),
                    "confidence",
                    ("actor_confidence", "actor_method", "may_also_be"),
                    "act_confidence",
                )
            },
        ),
    )

    def get_urls(self) -> list[Any]:
        return [
            *list_desk_urls(),
            *list_words_urls(),
            *list_missed_urls(),
            *list_bulk_urls(),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        unread = (
            "search_content",
            "article__search",
            "actor__article__text",
            "actor__article__search",
        )
        return super().get_queryset(request).defer(*unread)

    def get_fieldsets(self, request: HttpRequest, obj: Quote | None = None) -> Any:
        """Show, of a quote that an edited article no longer has, what may lead to its new place."""
        is_editable = self.has_change_permission(request, obj)
        fields = ["in_article"]
        if obj and obj.version_id:
            fields.append("article_now")
            if is_editable:
                fields.append("attach")
        fields += ["actor", "act", "kind", "status"]
        if is_editable:
            fields.append("seen")
        (title, options), *others = self.fieldsets
        return [(title, {**options, "fields": tuple(fields)}), *others]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # quotes come from extraction; adding a missed one is for the review desk

    def has_delete_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        # It would come back when its article is read again; to reject it is what lasts.
        return False

    @admin.display(description="who", ordering="actor__name")
    def who(self, quote: Quote) -> str:
        return str(quote.actor) if quote.actor else f"unknown ({quote.source_text or 'no source'})"

    @admin.display(description="content", ordering="content")
    def content_start(self, quote: Quote) -> str:
        if len(quote.content) <= LONGEST_CONTENT_LISTED:
            return quote.content
        return quote.content[: LONGEST_CONTENT_LISTED - 1] + "…"

    @admin.display(description="outlet", ordering="article__outlet__name")
    def outlet(self, quote: Quote) -> str:
        return quote.article.outlet.name

    @admin.display(description="date", ordering="article__published_on")
    def day(self, quote: Quote) -> str:
        day = quote.article.published_on
        return day.isoformat() if day else NO_DATE

    @admin.display(description="the speaker may also be")
    def may_also_be(self, quote: Quote) -> str:
        others = []
        for runner_up in quote.runners_up:
            confidence = f"{runner_up['confidence']:.0%}"
            others.append(f"{runner_up['name']}, {runner_up['kind']} ({confidence})")
        return "; ".join(others) or "-"

    @admin.display(description="details")
    def more(self, quote: Quote) -> SafeString:
        rows = [(detail.role, detail.text) for detail in quote.details.all()]
        return format_html_join("", "<p>{}: {}</p>", rows) or SafeString("-")

    @admin.display(description="in the article")
    def in_article(self, quote: Quote) -> SafeString:
        """Show the text around the quote, its spans marked, each paragraph with its offsets."""
        around = render_text_around(quote.text, quote.all_spans)
        if quote.version:
            seen_on = quote.version.seen_at.date()
            return format_html("<p>In the version first seen on {}:</p>{}", seen_on, around)
        address = quote.article.get_absolute_url()
        return format_html('<p><a href="{}">{}</a></p>{}', address, quote.article.title, around)

    @admin.display(description="the article as it is now")
    def article_now(self, quote: Quote) -> SafeString:
        """Show why the words were not found, and all of the text with offsets to find them in."""
        text = quote.article.text
        address = reverse("article-versions", args=[quote.article_id])
        return format_html(
            '<p>{} <a href="{}?from={}">What has changed</a></p>{}',
            WHY_NOT_IN_ARTICLE.get(find_quote_placement(quote).fate, NOT_PUT_THERE),
            address,
            quote.version_id,
            render_numbered_paragraphs(text, 0, len(text)),
        )

    def save_model(self, request: HttpRequest, quote: Quote, form: Any, change: bool) -> None:
        """Set what was changed; the quote is saved with its spans, by `save_related`."""
        form.values_before = build_quote_values(quote.pk)
        if "actor" in form.changed_data:
            set_speaker(quote, quote.actor)
        if "act" in form.changed_data:
            set_act(quote, quote.act)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the spans and then the quote, once, with what they select; record the decision."""
        super().save_related(request, form, formsets, change)
        quote: Quote = form.instance
        spans_changed = any(formset.has_changed() for formset in formsets)
        is_corrected = spans_changed or bool(set(form.changed_data) - {"status"})
        if not is_corrected and not form.changed_data:
            return
        status_is_chosen = "status" in form.changed_data
        if is_corrected and (quote.status == QuoteStatus.UNREVIEWED or not status_is_chosen):
            quote.status = QuoteStatus.CORRECTED
        decider = build_decider(request)
        settle_reports(quote, decider.curator)
        if form.cleaned_data.get("attach"):
            settle_details(quote)
        save_corrected_quote(quote)
        work = WORK_OF_STATUS[QuoteStatus(quote.status)]
        if is_corrected:
            work = DecisionWork.CORRECT
        decider.record_decision(quote.pk, work, form.values_before)

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(BULK_PERMISSION)

    @admin.action(description="Accept the chosen quotes", permissions=["bulk"])
    def accept(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return begin_bulk_decision(request, quotes, "accept")

    @admin.action(description="Reject the chosen quotes", permissions=["bulk"])
    def reject(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return begin_bulk_decision(request, quotes, "reject")

    @admin.action(description="Put the chosen quotes back to unreviewed", permissions=["bulk"])
    def unreview(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return begin_bulk_decision(request, quotes, "unreview")

    @admin.action(description="Give the chosen quotes another speaker…", permissions=["bulk"])
    def speaker(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return begin_bulk_decision(request, quotes, "speaker")

    @admin.action(description="Give the chosen quotes another act…", permissions=["bulk"])
    def act(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return begin_bulk_decision(request, quotes, "act")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        quote = self.get_object(request, unquote(object_id))
        if quote is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {quote}",
            "changes": list_history_changes(quote),
            "object": quote,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


def settle_details(quote: Quote) -> None:
    """Put the details of a quote that has come into another text where their words stand there.

    Those whose words stand there in several places, or in none, are deleted.
    """
    text = quote.article.text
    for detail in quote.details.all():
        if text.count(detail.text) == 1:
            detail.start = text.index(detail.text)
            detail.end = detail.start + len(detail.text)
            detail.save()
        else:
            detail.delete()
