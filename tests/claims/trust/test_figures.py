"""What is published of how far quotes can be trusted, and how a sample comes to it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Article, Sample, SampleItem
from claims.trust import judging
from claims.trust.figures import CloseRefused, build_trust_figure, close_sample, find_trust_figure
from claims.trust.judging import JudgementRefused
from claims.trust.statistics import compute_wilson
from tests.claims.samples import (
    NO_QUOTE_ANSWERS,
    RIGHT_ANSWERS,
    judge_all,
    make_closed_sample,
    make_judgement,
    make_quotes,
    make_sample,
)
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


def first_item(sample: Sample) -> SampleItem:
    return sample.items.all()[0]


def shares(sample: Sample) -> dict[str, tuple[int, int]]:
    """Right and all of each question, by the beginning of its label."""
    results = sample.results or {}
    return {
        row["label"][:22]: (row["share"]["right"], row["share"]["number"])
        for row in results["questions"]
    }


# Judging


def test_an_item_is_judged_once_or_twice_as_it_is_meant_to_be() -> None:
    make_quotes(4)
    sample = make_sample(4, double=0.25)
    ann, bob, cy = (User.objects.create(username=name) for name in ("Ann", "Bob", "Cy"))
    for item in sample.items.all():
        judging.judge_item(item, ann, RIGHT_ANSWERS)

    (left,) = SampleItem.objects.filter(sample=sample).to_be_judged_by(bob)
    judging.judge_item(left, bob, RIGHT_ANSWERS)

    assert left.double
    assert judging.lease_next_item(sample, ann) is None
    assert judging.lease_next_item(sample, cy) is None
    with pytest.raises(JudgementRefused, match="meanwhile"):
        judging.judge_item(left, cy, RIGHT_ANSWERS)


def test_a_judge_may_think_again_and_what_is_no_quote_has_no_other_answer() -> None:
    make_quotes(2)
    item = first_item(make_sample(2))
    make_judgement(item, "Ann")

    again = make_judgement(item, "Ann", is_quote="no")

    assert judging.get_answers(again) == NO_QUOTE_ANSWERS
    assert item.judgements.count() == 1


def test_where_two_differ_a_third_decides_and_neither_of_the_two() -> None:
    make_quotes(2)
    sample = make_sample(2, double=1)
    item = first_item(sample)
    make_judgement(item, "Ann")
    make_judgement(item, "Bob", speaker="no")
    ann, cy = User.objects.get(username="Ann"), User.objects.create(username="Cy")

    assert judging.list_contested_items(sample) == [item]
    assert judging.find_settled_answers(item) is None
    with pytest.raises(JudgementRefused):
        judging.judge_item(item, ann, RIGHT_ANSWERS, settles=True)
    judging.judge_item(item, cy, {**RIGHT_ANSWERS, "speaker": "unclear"}, settles=True)

    assert judging.list_contested_items(sample) == []
    assert judging.find_settled_answers(SampleItem.objects.get(pk=item.pk)) == {
        **RIGHT_ANSWERS,
        "speaker": "unclear",
    }


def test_where_two_agree_nobody_else_decides() -> None:
    make_quotes(2)
    item = first_item(make_sample(2, double=1))
    make_judgement(item, "Ann")
    make_judgement(item, "Bob")

    with pytest.raises(JudgementRefused):
        judging.judge_item(item, User.objects.create(username="Cy"), NO_QUOTE_ANSWERS, settles=True)


def test_a_sample_is_closed_once_and_only_when_all_is_settled() -> None:
    make_quotes(3)
    sample = make_sample(3, double=0.4)
    judge_all(sample)

    with pytest.raises(CloseRefused, match="1 quote left"):
        close_sample(sample, None)
    make_judgement(sample.items.get(double=True), "Bob")
    close_sample(sample, None)
    with pytest.raises(CloseRefused, match="closed already"):
        close_sample(sample, None)
    with pytest.raises(JudgementRefused, match="closed"):
        make_judgement(first_item(sample), "Bob")


# Figures


def test_figures_are_of_what_each_question_was_asked_of() -> None:
    make_quotes(8)
    make_quotes(2, actor=None)
    sample = make_sample(10)
    answers = [
        NO_QUOTE_ANSWERS,
        {**RIGHT_ANSWERS, "speaker": "unclear"},
        {**RIGHT_ANSWERS, "speaker": "no"},
        {**RIGHT_ANSWERS, "limits": "no", "act": "no"},
    ]
    named = iter(answers)
    for item in sample.items.all():
        said = next(named, RIGHT_ANSWERS) if item.shown["actor"] else RIGHT_ANSWERS
        judging.judge_item(item, User.objects.get_or_create(username="Ann")[0], said)

    found = shares(close_sample(sample, None))

    assert found == {
        "Quote and speaker are ": (7, 9),
        "It is a quote: the art": (9, 10),
        "Of the quotes: it begi": (8, 9),
        "Of the quotes: the spe": (7, 8),
        "… where a speaker is g": (5, 6),
        "… where it is left unk": (2, 2),
        "Of the quotes: the act": (8, 9),
    }


def test_a_stratum_that_is_drawn_less_often_counts_for_more() -> None:
    make_quotes(90)
    make_quotes(10, outlet="Northern Wire", confidence=0.5)
    sample = make_sample(20)
    judge = User.objects.create(username="Ann")
    for item in sample.items.all():
        judging.judge_item(
            item,
            judge,
            NO_QUOTE_ANSWERS if item.shown["outlet"] == "Northern Wire" else RIGHT_ANSWERS,
        )
    Sample.objects.filter(pk=sample.pk).update(
        design={
            **sample.design,
            "strata": [{**each, "quotes": 500} for each in sample.design["strata"]],
        }
    )

    results = close_sample(sample, None).results or {}

    assert results["headline"]["value"] == pytest.approx(0.5)
    assert (results["headline"]["right"], results["headline"]["number"]) == (18, 20)
    herald = results["strata"][0]
    assert (herald["low"], herald["high"]) == pytest.approx(
        tuple(map(float, compute_wilson(18, 18)))
    )


def test_the_confidence_is_held_against_what_was_found() -> None:
    make_quotes(6, confidence=0.92)
    make_quotes(6, confidence=0.55, outlet="Northern Wire")
    sample = make_sample(12)
    judge = User.objects.create(username="Ann")
    for item in sample.items.all():
        judging.judge_item(
            item, judge, RIGHT_ANSWERS if item.shown["confidence"] > 0.9 else NO_QUOTE_ANSWERS
        )

    results = close_sample(sample, None).results or {}

    rows = [
        (row["low"], row["high"], row["mean"], row["share"]["value"])
        for row in results["quote_confidence"]
    ]
    assert rows == [(0.5, 0.7, pytest.approx(0.55), 0.0), (0.9, 0.95, pytest.approx(0.92), 1.0)]


def test_kappa_is_of_those_that_two_judged() -> None:
    make_quotes(10)
    sample = make_sample(10, double=1)
    for at, item in enumerate(sample.items.all()):
        make_judgement(item, "Ann", is_quote="no" if at in (0, 1) else "yes")
        make_judgement(item, "Bob", is_quote="no" if at in (0, 2) else "yes")
    for item in judging.list_contested_items(sample):
        judging.judge_item(
            item, User.objects.get_or_create(username="Cy")[0], RIGHT_ANSWERS, settles=True
        )

    quote, limits, *_ = (close_sample(sample, None).results or {})["agreement"]

    assert (quote["number"], quote["observed"]) == (10, pytest.approx(0.8))
    assert quote["kappa"] == pytest.approx((0.8 - 0.68) / 0.32)
    assert (limits["number"], limits["kappa"]) == (7, None)


@pytest.mark.parametrize(
    ("value", "low", "high", "percent", "margin"),
    [
        (0.86, 0.82, 0.89, 86, 4),
        (0.864, 0.81, 0.89, 86, 5),
        (1.0, 0.963, 1.0, 100, 4),
        (0.8, 0.8, 0.8, 80, 0),
    ],
)
def test_the_margin_reaches_the_farther_end(
    value: float, low: float, high: float, percent: int, margin: int
) -> None:
    make_quotes(2)
    reviewed = make_closed_sample(2).closed_at
    assert reviewed

    found = build_trust_figure(200, reviewed, {"value": value, "low": low, "high": high})

    assert found
    assert (found.percent, found.margin) == (percent, margin)


# Pages


def test_what_was_not_measured_is_said_to_be_so(client: Client) -> None:
    make_quote(actor="Ana Bell")

    assert (
        "Precision has not been measured on this collection."
        in client.get("/trust/").content.decode()
    )
    for address in ("/", "/overview/", "/actors/ana-bell/"):
        assert (
            "Nobody has measured yet how many of these are right"
            in client.get(address).content.decode()
        ), address


def test_a_sample_that_is_not_closed_is_said_to_be_under_way(client: Client) -> None:
    make_quotes(4)
    make_judgement(first_item(make_sample(4)), "Ann")

    said = client.get("/trust/").content.decode()

    assert "Precision has not been measured" in said
    assert "is being judged: 1 so far" in said


@pytest.mark.parametrize("address", ["/", "/overview/", "/actors/ana-bell/"])
def test_the_figure_stands_beside_the_numbers_of_quotes(client: Client, address: str) -> None:
    make_quotes(60)
    make_closed_sample(50, wrong=5)

    said = client.get(address).content.decode()

    found = find_trust_figure()
    assert found
    assert (found.percent, found.size) == (90, 50)
    assert (
        3 <= found.margin <= 5
    )  # of 60 quotes 50 were looked at: far less than the 10 of a sample from very many
    assert f"{found.percent}% ± {found.margin}% were right in quote and speaker" in said
    assert 'href="/trust/"' in said


def test_the_figure_is_of_the_sample_closed_last() -> None:
    make_quotes(10)
    make_closed_sample(10, wrong=5, name="spring")
    make_closed_sample(10, wrong=0, name="autumn")

    found = find_trust_figure()

    assert found
    assert found.percent == 100


def test_where_there_are_no_quotes_there_is_nothing_to_trust(client: Client) -> None:
    assert "has not been measured here" not in client.get("/").content.decode()


def test_the_page_has_every_figure_and_how_it_came_about(client: Client) -> None:
    make_quotes(30)
    make_quotes(10, outlet="Northern Wire", act="no_comment", cue="said")
    make_closed_sample(20, wrong=2)

    said = " ".join(client.get("/trust/").content.decode().split())

    for words in (
        "18 of 20 in a random sample",
        "<bdi>Northern Wire</bdi>",
        "no comment",
        "20 quotes were judged by 1 person",
        "from the 40 quotes that the site showed then (as many as now)",
        "found by version test of the extractor",
        "Seed 5 draws the same",
        "One person judged each quote",
    ):
        assert words in said, words
    assert "has changed since" not in said


def test_the_page_tells_when_the_extractor_has_changed_since(client: Client) -> None:
    make_quotes(10)
    make_closed_sample(5)
    Article.objects.filter(pk__in=Article.objects.values("pk")[:3]).update(extractor="9.9")
    make_quotes(1)

    said = client.get("/trust/").content.decode()

    assert "The extractor has changed since: 3 articles have been read by version 9.9" in said
    assert "(now 11)" in said


def test_what_an_outlet_is_called_is_text_alone(client: Client) -> None:
    make_quotes(4, outlet="<b>Post</b>")
    make_closed_sample(4)

    assert "<b>Post" not in client.get("/trust/").content.decode()


def test_the_page_takes_few_queries_and_the_figure_one(
    client: Client,
    keep_columns: Callable[[], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_quotes(10)
    make_closed_sample(10)

    with django_assert_num_queries(1):
        find_trust_figure()
    with django_assert_num_queries(5):
        client.get("/trust/")
