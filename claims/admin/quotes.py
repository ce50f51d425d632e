"""Quotes: corrected, decided, and their history; and the claims that they make."""

from itertools import pairwise
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin import bulk, desk, missed, words
from claims.admin.logged import LoggedAdmin
from claims.desk import deciding
from claims.desk.deciding import Decider, find_span_problem
from claims.history.quotes import list_history_changes
from claims.intake.versions import compute_text_digest, find_quote_placement
from claims.models import Claim, DecisionWork, Quote, QuoteStatus, Span
from claims.models.marks import list_marks
from claims.models.naming import NO_DATE
from claims.models.quote_queryset import QuoteQuerySet
from claims.passages.cutting import cut_text
from claims.passages.excerpts import find_paragraphs
from newsroom.admin import DiscreetAdmin

EDITED_MEANWHILE_MESSAGE = "The article was edited while this page was open: the offsets are of the text before. Load the page anew."
CHARACTERS_AROUND_QUOTE = 300  # characters of the article shown around a quote


@admin.register(Claim)
class ClaimAdmin(LoggedAdmin):
    list_display = ("text", "quote_count")
    search_fields = ("text",)
    readonly_fields = ("key",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return Claim.objects.counted().defer("search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a claim is made by its first quote

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, claim: Claim) -> int:
        return getattr(claim, "quote_count", 0)


class UnchangingField(forms.CharField):
    """What a page carries along; that it comes back, or not, is no change."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class QuoteForm(forms.ModelForm):
    """A quote's choices and spans; its words are read off the text in which it stands.

    `attach` puts one that stands in an earlier version into the article as it is now: its spans are then read off that.
    `seen` is the SHA-256 of the article's text as the page showed it.
    """

    attach = forms.BooleanField(
        required=False,
        label="put it into the article as it is now",
        help_text="The spans below are then offsets into the article's text as it is now. Left empty: into the earlier text.",
    )
    seen = UnchangingField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Quote
        fields = (
            "actor",
            "act",
            "kind",
            "status",
            "source_start",
            "source_end",
            "cue_start",
            "cue_end",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = compute_text_digest(self.instance.article.text)
        self.initial["seen"] = self.now
        if not self.instance.version_id:
            del self.fields["attach"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("seen", self.now) not in ("", self.now):
            self.add_error(None, EDITED_MEANWHILE_MESSAGE)
        if values.get("attach"):
            self.instance.version = (
                None  # what follows, and the spans' own form, read the article as it is now
            )
        text = self.instance.text
        source: tuple[Any, Any] = (values.get("source_start"), values.get("source_end"))
        if (
            source != (None, None)
            and "source_start" not in self.errors
            and (wrong := find_span_problem(*source, text))
        ):
            self.add_error("source_end", wrong)
        cue: tuple[Any, Any] = (values.get("cue_start"), values.get("cue_end"))
        if not {"cue_start", "cue_end"} & set(self.errors):
            if wrong := find_span_problem(*cue, text):
                self.add_error("cue_end", wrong)
            elif wrong := deciding.find_cue_problem(
                self.instance.article, *cue, self.instance.pk, self.instance.version
            ):
                self.add_error("cue_start", wrong)
        return values


class ContentFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        text = self.instance.text
        kept = [
            form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        before = 0
        if not kept and not any(form.errors for form in self.forms):
            raise forms.ValidationError("A quote has at least one content span.")
        for form in sorted(kept, key=lambda form: form.cleaned_data.get("start") or 0):
            start, end = form.cleaned_data.get("start"), form.cleaned_data.get("end")
            if wrong := find_span_problem(start, end, text):
                form.add_error("end", wrong)
            elif start < before:
                form.add_error("start", "This span overlaps the one before it.")
            else:
                before = end


class ContentInline(admin.TabularInline):
    model = Span
    formset = ContentFormSet
    extra = 0
    readonly_fields = ("words",)
    verbose_name, verbose_name_plural = (
        "content span",
        "content spans (offsets into the article's text)",
    )

    @admin.display(description="its words")
    def words(self, span: Span) -> str:
        return span.quote.text[span.start : span.end] if span.pk else ""


class InDoubtFilter(admin.SimpleListFilter):
    """Which quotes a person should look at, by what is doubtful about them."""

    title, parameter_name = "doubt (to review)", "doubt"
    DOUBTS: ClassVar = {
        "reported": ("reported by a reader", QuoteQuerySet.reported),
        "any": ("anything in doubt", QuoteQuerySet.in_doubt),
        "speaker": ("speaker in doubt", QuoteQuerySet.speaker_in_doubt),
        "unknown": ("speaker unknown", QuoteQuerySet.speaker_unknown),
        "quote": ("quote in doubt", QuoteQuerySet.quote_in_doubt),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, words) for value, (words, _) in self.DOUBTS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        chosen = self.DOUBTS.get(self.value() or "")
        return chosen[1](cast("QuoteQuerySet", queryset)) if chosen else queryset


class EditedFilter(admin.SimpleListFilter):
    """Which quotes an edited article no longer has."""

    title, parameter_name = "edited articles", "edited"
    SORTS: ClassVar = {
        "orphaned": ("decided on, and no longer in the article", QuoteQuerySet.orphaned),
        "absent": ("no longer in the article", QuoteQuerySet.absent),
        "present": ("in the article", QuoteQuerySet.present),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, words) for value, (words, _) in self.SORTS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        chosen = self.SORTS.get(self.value() or "")
        return chosen[1](cast("QuoteQuerySet", queryset)) if chosen else queryset


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
        "claim",
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
                    "claim",
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
            *desk.list_desk_urls(),
            *words.list_words_urls(),
            *missed.list_missed_urls(),
            *bulk.list_bulk_urls(),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        unseen = (
            "search_content",
            "article__search",
            "actor__article__text",
            "actor__article__search",
        )
        return super().get_queryset(request).defer(*unseen)

    def get_fieldsets(self, request: HttpRequest, obj: Quote | None = None) -> Any:
        """What an edited article calls for is shown of a quote that it no longer has."""
        first, *others = self.fieldsets
        fields = (
            ("in_article", "article_now", "attach") if obj and obj.version_id else ("in_article",)
        )
        shown = (*fields, "actor", "act", "kind", "status", "seen")
        if not self.has_change_permission(request, obj):
            shown = tuple(name for name in shown if name not in ("attach", "seen"))
        return [(first[0], {**first[1], "fields": shown}), *others]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # quotes come from extraction; adding a missed one is for the review desk

    def has_delete_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        return False  # it would come back when its article is read again; to reject it is the decision that lasts

    @admin.display(description="who", ordering="actor__name")
    def who(self, quote: Quote) -> str:
        return str(quote.actor) if quote.actor else f"unknown ({quote.source_text or 'no source'})"

    @admin.display(description="content", ordering="content")
    def content_start(self, quote: Quote) -> str:
        return cut_text(quote.content, 100)

    @admin.display(description="outlet", ordering="article__outlet__name")
    def outlet(self, quote: Quote) -> str:
        return quote.article.outlet.name

    @admin.display(description="date", ordering="article__published_on")
    def day(self, quote: Quote) -> str:
        day = quote.article.published_on
        return day.isoformat() if day else NO_DATE

    @admin.display(description="the speaker may also be")
    def may_also_be(self, quote: Quote) -> str:
        return (
            "; ".join(
                f"{one['name']}, {one['kind']} ({one['confidence']:.0%})"
                for one in quote.runners_up
            )
            or "-"
        )

    @admin.display(description="details")
    def more(self, quote: Quote) -> SafeString:
        shown = format_html_join(
            "", "<p>{}: {}</p>", ((detail.role, detail.text) for detail in quote.details.all())
        )
        return shown or SafeString("-")

    @admin.display(description="in the article")
    def in_article(self, quote: Quote) -> SafeString:
        """The text around the quote, a line for each paragraph with its offsets, the quote's spans marked."""
        text = quote.text
        spans = [(mark.start, mark.end) for mark in list_marks(quote)]
        first, last = min(spans)[0], max(end for _, end in spans)
        start, stop = find_paragraphs(
            text, first - CHARACTERS_AROUND_QUOTE, last + CHARACTERS_AROUND_QUOTE
        )
        shown = render_numbered_paragraphs(text, start, stop, spans)
        if quote.version:
            told = format_html("In the version first seen on {}:", quote.version.seen_at.date())
            return format_html("<p>{}</p>{}", told, shown)
        return format_html(
            '<p><a href="{}">{}</a></p>{}',
            quote.article.get_absolute_url(),
            quote.article.title,
            shown,
        )

    @admin.display(description="the article as it is now")
    def article_now(self, quote: Quote) -> SafeString:
        """All of it with offsets, for a curator to find the words in; and why they were not found."""
        why = {
            "gone": "It does not have these words.",
            "unclear": "It has these words, and does not tell which of its passages is meant.",
        }.get(
            find_quote_placement(quote).fate,
            "It has these words, and nobody found or put the quote there.",
        )
        address = reverse("article-versions", args=[quote.article_id])
        shown = render_numbered_paragraphs(quote.article.text, 0, len(quote.article.text), [])
        return format_html(
            '<p>{} <a href="{}?from={}">What has changed</a></p>{}',
            why,
            address,
            quote.version_id,
            shown,
        )

    def save_model(self, request: HttpRequest, quote: Quote, form: Any, change: bool) -> None:
        form.before = deciding.build_quote_values(quote.pk)  # it is saved with its spans, below
        if "actor" in form.changed_data:
            deciding.set_speaker(quote, quote.actor)
        if "act" in form.changed_data:
            deciding.set_act(quote, quote.act)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The spans, and then the quote, once, with what they select."""
        super().save_related(request, form, formsets, change)
        quote: Quote = form.instance
        touched = set(form.changed_data) - {"status"} or any(
            formset.has_changed() for formset in formsets
        )
        if touched and (
            quote.status == QuoteStatus.UNREVIEWED or "status" not in form.changed_data
        ):
            quote.status = QuoteStatus.CORRECTED
        if touched or form.changed_data:
            by = Decider(desk.get_curator(request), desk.get_sitting(request))
            deciding.settle_reports(quote, by.curator)
            if form.cleaned_data.get("attach"):
                settle_details(quote)
            deciding.save_corrected_quote(quote)
            by.record(
                quote.pk,
                DecisionWork.CORRECT
                if touched
                else deciding.WORK_OF_STATUS[QuoteStatus(quote.status)],
                form.before,
            )

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(bulk.BULK_PERMISSION)

    @admin.action(description="Accept the chosen quotes", permissions=["bulk"])
    def accept(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return bulk.begin_bulk_decision(request, quotes, "accept")

    @admin.action(description="Reject the chosen quotes", permissions=["bulk"])
    def reject(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return bulk.begin_bulk_decision(request, quotes, "reject")

    @admin.action(description="Put the chosen quotes back to unreviewed", permissions=["bulk"])
    def unreview(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return bulk.begin_bulk_decision(request, quotes, "unreview")

    @admin.action(description="Give the chosen quotes another speaker…", permissions=["bulk"])
    def speaker(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return bulk.begin_bulk_decision(request, quotes, "speaker")

    @admin.action(description="Give the chosen quotes another act…", permissions=["bulk"])
    def act(self, request: HttpRequest, quotes: QuerySet[Quote]) -> HttpResponse:
        return bulk.begin_bulk_decision(request, quotes, "act")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if (quote := self.get_object(request, unquote(object_id))) is None:
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
    """Details of a quote that has come into another text: where their words stand there once; the others go."""
    text = quote.article.text
    for detail in quote.details.all():
        if text.count(detail.text) == 1:
            detail.start = text.index(detail.text)
            detail.end = detail.start + len(detail.text)
            detail.save()
        else:
            detail.delete()


def render_numbered_paragraphs(
    text: str, start: int, end: int, spans: list[tuple[int, int]]
) -> SafeString:
    """A line for each paragraph of `text[start:end]`, with its offsets, and the spans marked."""
    lines, at = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append((at, at + len(line), render_marked_text(text, at, at + len(line), spans)))
        at += len(line) + 1
    return format_html_join("\n", "<p>{}–{}: {}</p>", lines)


def render_marked_text(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> SafeString:
    """`text[start:end]` with the parts that lie in spans marked."""
    borders = sorted({start, end, *(b for span in spans for b in span if start < b < end)})
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html("<mark>{}</mark>", text[a:b])
                if any(x <= a and b <= y for x, y in spans)
                else text[a:b],
            )
            for a, b in pairwise(borders)
        ),
    )
