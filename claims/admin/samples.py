"""Random samples: drawn, judged quote by quote, settled where judges differ, and closed."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.logged import LoggedAdmin
from claims.admin.requests import AdminView, check_permission, get_user
from claims.models import Sample, SampleAnswer, SampleItem, SampleJudgement
from claims.models.refusals import Refused
from claims.models.samples import SampleQuerySet
from claims.passages.marking import Mark, MarkedParagraph, MarkRole, mark_paragraphs
from claims.trust import judging
from claims.trust.figures import close_sample
from claims.trust.sampling import LARGEST_SAMPLE, LEAST_QUOTES_OF_STRATUM, draw_sample

LARGEST_SEED = 2**63 - 1  # its column is a bigint


class DrawForm(forms.ModelForm):
    """What somebody who draws a sample is asked."""

    size = forms.IntegerField(
        min_value=LEAST_QUOTES_OF_STRATUM,
        max_value=LARGEST_SAMPLE,
        initial=200,
        help_text="quotes; 200 tell precision to about 5 percentage points",
    )
    double = forms.FloatField(
        label="Share for two judges",
        min_value=0,
        max_value=1,
        initial=0.2,
        help_text="0 to 1; shows how far judges agree",
    )
    seed = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_SEED,
        help_text="empty: any; the same seed draws the same quotes again",
    )

    class Meta:
        model = Sample
        fields = ("name",)

    def save(self, commit: bool = True) -> Sample:
        raise NotImplementedError("a sample is drawn, not saved")


class JudgementForm(forms.ModelForm):
    """The questions of an item; all but the first are asked of quotes alone."""

    class Meta:
        model = SampleJudgement
        fields = judging.JUDGING_QUESTIONS
        widgets: ClassVar = dict.fromkeys(judging.JUDGING_QUESTIONS, forms.RadioSelect)

    def __init__(self, item: SampleItem, *args: Any, **values: Any):
        super().__init__(*args, **values)
        for name in judging.JUDGING_QUESTIONS:
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = list_answers_offered(name)
        if not item.shown["actor"]:
            self.fields["speaker"].label = "Is it really not clear from the article who says it?"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("is_quote"):
            self.add_error("is_quote", "Please answer: yes or no.")
        if values.get("is_quote") == SampleAnswer.YES:
            for name in judging.JUDGING_QUESTIONS[1:]:
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, "Please answer this, too.")
        return values

    def _post_clean(self) -> None:
        """Make no row from the form: `judging.judge_item` makes it."""


def list_answers_offered(question: str) -> list[tuple[str, str]]:
    """Return the answers to a question; only who speaks may be unclear."""
    answers = [answer for answer in SampleAnswer if answer != SampleAnswer.UNCLEAR]
    if question == "speaker":
        answers = list(SampleAnswer)
    return [(answer.value, answer.label) for answer in answers]


@admin.register(Sample)
class SampleAdmin(LoggedAdmin):
    """Samples; who may `add` draws one, who may `change` closes one."""

    list_display = ("name", "drawn_at", "drawn_by", "size", "judged", "closed_at", "to_do")
    list_select_related = ("drawn_by",)
    search_fields = ("name",)
    actions = ("close_samples",)
    fields = (
        "name",
        "drawn_at",
        "drawn_by",
        "seed",
        "extractors",
        "size",
        "judged",
        "to_do",
        "closed_at",
        "closed_by",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sample]:
        return cast("SampleQuerySet", super().get_queryset(request)).counted()

    def has_change_permission(self, request: HttpRequest, obj: Sample | None = None) -> bool:
        """Let a sample stay as it was drawn; an action of the list closes it."""
        return obj is None and super().has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: Sample | None = None) -> Any:
        return self.fields if obj else ("name", "size", "double", "seed")

    def get_readonly_fields(self, request: HttpRequest, obj: Sample | None = None) -> Any:
        return self.fields if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Sample | None = None, change: bool = False, **values: Any
    ) -> Any:
        if obj is None:
            return DrawForm
        return super().get_form(request, obj, change, **values)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Draw a sample, or say what is missing."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DrawForm(get_post_data(request))
        if form.is_valid():
            try:
                sample = draw_sample(**form.cleaned_data, user=get_user(request))
            except Refused as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, f"{sample.items.count()} quotes are drawn.")
                return HttpResponseRedirect(reverse("admin:claims_sample_change", args=[sample.pk]))
        return self.render_page(request, "draw", {"title": "Draw a sample", "form": form})

    @admin.display(description="quotes", ordering="size")
    def size(self, sample: Sample) -> int:
        return getattr(sample, "size", 0)

    @admin.display(description="judged", ordering="judged")
    def judged(self, sample: Sample) -> int:
        return getattr(sample, "judged", 0)

    @admin.display(description="extractor")
    def extractors(self, sample: Sample) -> str:
        numbers = sample.design["extractors"]
        return ", ".join(f"{version} ({number:,} quotes)" for version, number in numbers.items())

    @admin.display(description="to do")
    def to_do(self, sample: Sample) -> SafeString:
        if sample.closed_at:
            return format_html('<a href="{}">See the figures</a>', sample.get_absolute_url())
        judge_address = reverse("admin:claims_sample_judge", args=[sample.pk])
        differences_address = reverse("admin:claims_sample_differences", args=[sample.pk])
        return format_html(
            '<a href="{}">Judge</a> · <a href="{}">Settle differences</a>',
            judge_address,
            differences_address,
        )

    @admin.action(
        description="Close the chosen samples and publish their figures", permissions=["change"]
    )
    def close_samples(self, request: HttpRequest, samples: QuerySet[Sample]) -> None:
        for sample in samples:
            try:
                close_sample(sample, get_user(request))
            except Refused as error:
                self.message_user(request, str(error), "WARNING")
            else:
                self.message_user(request, f"“{sample}” is closed; its figures are public now.")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        views: list[tuple[str, AdminView, str]] = [
            ("judge/", self.judge_next, "judge"),
            ("judge/<int:position>/", self.judge, "item"),
            ("differences/", self.show_differences, "differences"),
            ("differences/<int:position>/", self.settle, "settle"),
        ]
        urls = [
            path(f"<int:pk>/{address}", wrap(view), name=f"claims_sample_{name}")
            for address, view, name in views
        ]
        return [*urls, *super().get_urls()]

    def judge_next(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the first quote that waits for this judge."""
        sample = get_sample_to_judge(request, pk)
        user = get_user(request)
        item = judging.lease_next_item(sample, user)
        if item:
            address = reverse("admin:claims_sample_item", args=[pk, item.position])
            return HttpResponseRedirect(address)
        if SampleItem.objects.filter(sample=sample).to_be_judged_by(user).exists():
            self.message_user(request, f"Others have the last of “{sample}” before them.")
        else:
            self.message_user(request, f"Nothing is left for you to judge of “{sample}”.")
        return HttpResponseRedirect(reverse("admin:claims_sample_change", args=[pk]))

    def judge(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """Show one item with its questions; by POST, take the answers and go on to the next."""
        sample = get_sample_to_judge(request, pk)
        item = get_object_or_404(SampleItem.objects.filter(sample=sample), position=position)
        form = build_judgement_form(request, item, settles=False)
        if form.is_valid():
            self.store_judgement(request, item, form, settles=False)
            return HttpResponseRedirect(reverse("admin:claims_sample_judge", args=[pk]))
        context = build_item_context(sample, item, form)
        context["before"] = judging.find_item_before(item, get_user(request))
        return self.render_page(request, "judge", context)

    def settle(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        """Show one item, with what its judges said, to who settles it, and to nobody else."""
        sample = get_sample_to_judge(request, pk)
        item = get_object_or_404(SampleItem.objects.filter(sample=sample), position=position)
        form = build_judgement_form(request, item, settles=True)
        if form.is_valid():
            self.store_judgement(request, item, form, settles=True)
            return HttpResponseRedirect(reverse("admin:claims_sample_differences", args=[pk]))
        judgements = item.judgements.filter(settles=False)
        context = build_item_context(sample, item, form)
        context["said"] = [describe_answers(judgement) for judgement in judgements]
        return self.render_page(request, "judge", context)

    def store_judgement(
        self, request: HttpRequest, item: SampleItem, form: JudgementForm, *, settles: bool
    ) -> None:
        """Store the answers, or tell why they cannot be taken."""
        answers = {name: form.cleaned_data[name] for name in judging.JUDGING_QUESTIONS}
        try:
            judging.judge_item(item, get_user(request), answers, settles=settles)
        except Refused as error:
            self.message_user(request, str(error), "WARNING")

    def show_differences(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show where two judges say different things: for a third person to decide."""
        sample = get_sample_to_judge(request, pk)
        rows = []
        for item in judging.list_contested_items(sample):
            judgements = list(item.judgements.all())
            answers = [describe_answers(judgement) for judgement in judgements]
            is_own = any(judgement.judge_id == request.user.pk for judgement in judgements)
            rows.append((item, answers, is_own))
        context = {"title": f"{sample}: where judges differ", "sample": sample, "rows": rows}
        return self.render_page(request, "differences", context)

    def render_page(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        page = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/claims/sample/{template}.html", page)


def get_post_data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def get_sample_to_judge(request: HttpRequest, pk: int) -> Sample:
    check_permission(request, "claims.add_samplejudgement")
    return get_object_or_404(Sample, pk=pk)


def build_judgement_form(request: HttpRequest, item: SampleItem, *, settles: bool) -> JudgementForm:
    """Return the questions of an item, with what this user has answered before."""
    own = judging.find_own_judgement(item, get_user(request), settles=settles)
    return JudgementForm(item, get_post_data(request), instance=own)


def build_item_context(sample: Sample, item: SampleItem, form: JudgementForm) -> dict[str, Any]:
    """Return what is shown of an item to everybody who answers its questions."""
    return {
        "title": f"{sample}: quote {item.position} of {sample.items.count()}",
        "form": form,
        "sample": sample,
        "item": item,
        "act": item.shown["act"].replace("_", " "),
        "paragraphs": mark_item_paragraphs(item),
    }


def mark_item_paragraphs(item: SampleItem) -> list[MarkedParagraph]:
    """Return the paragraphs around an item as it was when drawn, its parts marked."""
    spans: list[tuple[MarkRole, list[int]]] = [("cue", item.shown["cue"])]
    for span in item.shown["content"]:
        spans.append(("content", span))
    if item.shown["source"]:
        spans.append(("source", item.shown["source"]))
    marks = [Mark(start, end, role, item.pk) for role, (start, end) in spans]
    paragraphs = mark_paragraphs(item.shown["text"], marks)
    return [paragraph for paragraph in paragraphs if paragraph]


def describe_answers(judgement: SampleJudgement) -> str:
    """Return in words what a judge said of an item."""
    if judgement.is_quote == SampleAnswer.NO:
        return "no quote"
    answers = []
    for name in judging.JUDGING_QUESTIONS[1:]:
        answer = getattr(judgement, f"get_{name}_display")()
        answers.append(f"{name}: {answer}")
    return "a quote; " + ", ".join(answers)
