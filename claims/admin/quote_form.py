"""The form of a quote: its choices, and its spans as offsets."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms import BaseInlineFormSet

from claims.desk.parts import find_cue_problem, find_span_problem
from claims.intake.versions import compute_text_digest
from claims.models import Quote, Span

EDITED_MEANWHILE_MESSAGE = (
    "The article was edited while this page was open: the offsets are of the text before."
    " Load the page anew."
)


class UnchangingField(forms.CharField):
    """A value that a page carries along; whether it comes back or not is no change."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class QuoteForm(forms.ModelForm):
    """A quote's choices and spans; its words are read off the text in which it stands.

    `attach` puts one that stands in an earlier version into the article as it is now: its spans are
    then offsets into that. `seen` is the SHA-256 of the article's text as the page showed it.
    """

    attach = forms.BooleanField(
        required=False,
        label="put it into the article as it is now",
        help_text="The spans below are then offsets into the article's text as it is now."
        " Left empty: into the earlier text.",
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
        self.digest_now = compute_text_digest(self.instance.article.text)
        self.initial["seen"] = self.digest_now
        if not self.instance.version_id:
            del self.fields["attach"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("seen", self.digest_now) not in ("", self.digest_now):
            self.add_error(None, EDITED_MEANWHILE_MESSAGE)
        if values.get("attach"):
            # What follows, and the form of the content spans, read the article as it is now.
            self.instance.version = None
        self.check_source(values.get("source_start"), values.get("source_end"))
        self.check_cue(values.get("cue_start"), values.get("cue_end"))
        return values

    def check_source(self, start: int | None, end: int | None) -> None:
        has_source = start is not None or end is not None
        if not has_source or "source_start" in self.errors:
            return
        problem = find_span_problem(start, end, self.instance.text)
        if problem:
            self.add_error("source_end", problem)

    def check_cue(self, start: Any, end: Any) -> None:
        if "cue_start" in self.errors or "cue_end" in self.errors:
            return
        problem = find_span_problem(start, end, self.instance.text)
        if problem:
            self.add_error("cue_end", problem)
            return
        quote = self.instance
        problem = find_cue_problem(quote.article, start, end, quote.pk, quote.version)
        if problem:
            self.add_error("cue_start", problem)


class ContentFormSet(BaseInlineFormSet):
    """The content spans of a quote: at least one, within the text, none over another."""

    def clean(self) -> None:
        super().clean()
        remaining = []
        for form in self.forms:
            if form.cleaned_data and not form.cleaned_data.get("DELETE"):
                remaining.append(form)
        has_errors = any(form.errors for form in self.forms)
        if not remaining and not has_errors:
            raise forms.ValidationError("A quote has at least one content span.")
        end_before = 0
        for form in sorted(remaining, key=lambda form: form.cleaned_data.get("start") or 0):
            start = form.cleaned_data.get("start")
            end = form.cleaned_data.get("end")
            problem = find_span_problem(start, end, self.instance.text)
            if problem:
                form.add_error("end", problem)
            elif start < end_before:
                form.add_error("start", "This span overlaps the one before it.")
            else:
                end_before = end


class ContentInline(admin.TabularInline):
    model = Span
    formset = ContentFormSet
    extra = 0
    readonly_fields = ("words",)
    verbose_name = "content span"
    verbose_name_plural = "content spans (offsets into the article's text)"

    @admin.display(description="its words")
    def words(self, span: Span) -> str:
        return span.quote.text[span.start : span.end] if span.pk else ""
