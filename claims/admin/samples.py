"""Random samples: drawn, judged one quote after the other, settled where judges differ, and closed."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.logged import LoggedAdmin
from claims.models import Sample, SampleAnswer, SampleItem, SampleJudgement
from claims.models.samples import SampleQuerySet
from claims.passages.marking import Mark, MarkedParagraph, mark_paragraphs
from claims.trust import judging
from claims.trust.figures import CloseRefused, close_sample
from claims.trust.judging import JudgementRefused
from claims.trust.sampling import LARGEST_SAMPLE, LEAST_QUOTES_OF_STRATUM, DrawRefused, draw_sample

LARGEST_SEED = 2**63 - 1  # its column is a bigint


class DrawForm(forms.ModelForm):
    """What is asked of who draws a sample."""

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
            field.choices = [
                (each.value, each.label)
                for each in SampleAnswer
                if name == "speaker" or each != SampleAnswer.UNCLEAR
            ]
        if not item.shown["actor"]:
            self.fields["speaker"].label = "Is it really not clear from the article who says it?"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("is_quote"):
            self.add_error("is_quote", "Please answer: yes or no.")
        for name in judging.JUDGING_QUESTIONS[1:]:
            if (
                values.get("is_quote") == SampleAnswer.YES
                and not values.get(name)
                and name not in self.errors
            ):
                self.add_error(name, "Please answer this, too.")
        return values

    def _post_clean(self) -> None:
        """No row is made from the form: `judging.judge` makes it."""


@admin.register(Sample)
class SampleAdmin(LoggedAdmin):
    """`add` draws a sample; `view` lets judge it; `change` closes it."""

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
        return obj is None and super().has_change_permission(
            request
        )  # a sample stays as it was drawn; an action closes it

    def get_fields(self, request: HttpRequest, obj: Sample | None = None) -> Any:
        return self.fields if obj else ("name", "size", "double", "seed")

    def get_readonly_fields(self, request: HttpRequest, obj: Sample | None = None) -> Any:
        return self.fields if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Sample | None = None, change: bool = False, **values: Any
    ) -> Any:
        return super().get_form(request, obj, change, **values) if obj else DrawForm

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Draw a sample, or say what is missing."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DrawForm(get_post_data(request))
        if form.is_valid():
            asked = form.cleaned_data
            try:
                sample = draw_sample(
                    asked["name"],
                    asked["size"],
                    double=asked["double"],
                    seed=asked["seed"],
                    user=get_judge(request),
                )
            except DrawRefused as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, f"{sample.items.count()} quotes are drawn.")
                return HttpResponseRedirect(reverse("admin:claims_sample_change", args=[sample.pk]))
        return self.shown(request, "draw", {"title": "Draw a sample", "form": form})

    @admin.display(description="quotes", ordering="size")
    def size(self, sample: Sample) -> int:
        return getattr(sample, "size", 0)

    @admin.display(description="judged", ordering="judged")
    def judged(self, sample: Sample) -> int:
        return getattr(sample, "judged", 0)

    @admin.display(description="extractor")
    def extractors(self, sample: Sample) -> str:
        return ", ".join(
            f"{version} ({number:,} quotes)"
            for version, number in sample.design["extractors"].items()
        )

    @admin.display(description="to do")
    def to_do(self, sample: Sample) -> SafeString:
        if sample.closed_at:
            return format_html('<a href="{}">See the figures</a>', sample.get_absolute_url())
        return format_html(
            '<a href="{}">Judge</a> · <a href="{}">Settle differences</a>',
            reverse("admin:claims_sample_judge", args=[sample.pk]),
            reverse("admin:claims_sample_differences", args=[sample.pk]),
        )

    @admin.action(
        description="Close the chosen samples and publish their figures", permissions=["change"]
    )
    def close_samples(self, request: HttpRequest, samples: QuerySet[Sample]) -> None:
        for sample in samples:
            try:
                close_sample(sample, get_judge(request))
            except CloseRefused as error:
                self.message_user(request, str(error), "WARNING")
            else:
                self.message_user(request, f"“{sample}” is closed; its figures are public now.")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/judge/", wrap(self.judge_next), name="claims_sample_judge"),
            path("<int:pk>/judge/<int:position>/", wrap(self.judge), name="claims_sample_item"),
            path("<int:pk>/differences/", wrap(self.differences), name="claims_sample_differences"),
            path(
                "<int:pk>/differences/<int:position>/",
                wrap(self.settle),
                name="claims_sample_settle",
            ),
            *super().get_urls(),
        ]

    def judge_next(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the first quote that waits for this judge."""
        sample = self.to_judge(request, pk)
        if item := judging.lease_next_item(sample, get_judge(request)):
            return HttpResponseRedirect(
                reverse("admin:claims_sample_item", args=[pk, item.position])
            )
        left = SampleItem.objects.filter(sample=sample).to_be_judged_by(get_judge(request)).count()
        others, nothing = (
            "Others have the last of “{}” before them.",
            "Nothing is left for you to judge of “{}”.",
        )
        self.message_user(request, (others if left else nothing).format(sample))
        return HttpResponseRedirect(reverse("admin:claims_sample_change", args=[pk]))

    def judge(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        return self.asked(request, self.to_judge(request, pk), position, settles=False)

    def settle(self, request: HttpRequest, pk: int, position: int) -> HttpResponse:
        return self.asked(request, self.to_judge(request, pk), position, settles=True)

    def asked(
        self, request: HttpRequest, sample: Sample, position: int, *, settles: bool
    ) -> HttpResponse:
        """One item with its questions; what others said of it is shown to who settles it, and to nobody else."""
        item = get_object_or_404(SampleItem.objects.filter(sample=sample), position=position)
        user = get_judge(request)
        form = JudgementForm(
            item,
            get_post_data(request),
            instance=judging.find_own_judgement(item, user, settles=settles),
        )
        after = reverse(
            f"admin:claims_sample_{'differences' if settles else 'judge'}", args=[sample.pk]
        )
        if form.is_valid():
            answers = {name: form.cleaned_data[name] for name in judging.JUDGING_QUESTIONS}
            try:
                judging.judge_item(item, user, answers, settles=settles)
            except JudgementRefused as error:
                self.message_user(request, str(error), "WARNING")
            return HttpResponseRedirect(after)
        before = None if settles else judging.find_item_before(item, user)
        context = {
            "title": f"{sample}: quote {position} of {sample.items.count()}",
            "form": form,
            "sample": sample,
            "item": item,
            "act": item.shown["act"].replace("_", " "),
            "paragraphs": mark_item_paragraphs(item),
            "before": before,
            "said": [describe_answers(each) for each in item.judgements.filter(settles=False)]
            if settles
            else [],
        }
        return self.shown(request, "judge", context)

    def differences(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Where two judges say different things: for a third person to decide."""
        sample = self.to_judge(request, pk)
        rows = []
        for item in judging.list_contested_items(sample):
            judgements = list(item.judgements.all())
            own = request.user.pk in {each.judge_id for each in judgements}
            rows.append((item, [describe_answers(each) for each in judgements], own))
        return self.shown(
            request,
            "differences",
            {"title": f"{sample}: where judges differ", "sample": sample, "rows": rows},
        )

    def to_judge(self, request: HttpRequest, pk: int) -> Sample:
        if not request.user.has_perm("claims.add_samplejudgement"):
            raise PermissionDenied
        return get_object_or_404(Sample, pk=pk)

    def shown(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/claims/sample/{template}.html", whole)


def get_post_data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def get_judge(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def mark_item_paragraphs(item: SampleItem) -> list[MarkedParagraph]:
    """The paragraphs around an item as it was when drawn, its parts marked."""
    shown = item.shown
    spans: list[tuple[Any, list[int]]] = [
        ("cue", shown["cue"]),
        *(("content", span) for span in shown["content"]),
    ]
    if shown["source"]:
        spans.append(("source", shown["source"]))
    marks = [Mark(start, end, role, item.pk) for role, (start, end) in spans]
    return [each for each in mark_paragraphs(shown["text"], marks) if each]


def describe_answers(judgement: SampleJudgement) -> str:
    if judgement.is_quote == SampleAnswer.NO:
        return "no quote"
    each = (
        (name, getattr(judgement, f"get_{name}_display")())
        for name in judging.JUDGING_QUESTIONS[1:]
    )
    return "a quote; " + ", ".join(f"{name}: {answer}" for name, answer in each)
