"""Samples: whom they may hold, how many of which, and that a seed draws the same again."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from claims.models import Article, Quote, Sample, SampleItem, SampleJudgement
from claims.trust.sampling import DrawRefused, build_strata, draw_sample
from tests.claims.samples import make_closed_sample, make_judgement, make_quotes, make_sample
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db


def drawn(sample: Sample) -> list[Any]:
    return list(sample.items.values_list("quote", "double"))


def test_a_sample_has_as_many_quotes_as_asked_each_once_and_none_that_was_rejected() -> None:
    make_quotes(20)
    make_quotes(5, outlet="Northern Wire", status="rejected")

    sample = make_sample(12)

    chosen = set(sample.items.values_list("quote", flat=True))
    assert len(chosen) == 12
    assert not Quote.objects.filter(pk__in=chosen, status="rejected")
    assert sample.design["quotes"] == 20
    assert sample.design["extractors"] == {"test": 20}
    assert list(sample.items.values_list("position", flat=True)) == list(range(1, 13))


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    make_quotes(40)

    first, again = (make_sample(10, name=name, double=0.5) for name in ("first", "again"))
    other = make_sample(10, name="other", double=0.5, seed=6)

    assert drawn(first) == drawn(again)
    assert drawn(first) != drawn(other)
    assert first.design == again.design


def test_each_quote_is_as_likely_as_another() -> None:
    make_quotes(6)
    times = dict.fromkeys(Quote.objects.values_list("pk", flat=True), 0)

    for seed in range(60):
        for quote, _ in drawn(make_sample(3, name=str(seed), seed=seed)):
            times[quote] += 1

    assert sum(times.values()) == 180
    assert all(15 <= count <= 45 for count in times.values()), times


def test_strata_are_of_outlet_act_and_confidence_each_with_its_share() -> None:
    make_quotes(12)
    make_quotes(6, outlet="Northern Wire", act="deny", cue="said")
    make_quotes(6, outlet="Northern Wire", confidence=0.5)

    sample = make_sample(8)

    rows = [
        (s["outlet"], s["act"], s["band"], s["quotes"], s["sampled"])
        for s in sample.design["strata"]
    ]
    assert rows == [
        ("Harbour Herald", "say", "90% and more", 12, 4),
        ("Northern Wire", "deny", "90% and more", 6, 2),
        ("Northern Wire", "say", "below 70%", 6, 2),
    ]
    for item in sample.items.select_related("quote__article__outlet"):
        stratum = sample.design["strata"][item.stratum]
        assert (item.shown["outlet"], item.shown["act"]) == (stratum["outlet"], stratum["act"])


def test_cells_too_small_for_two_are_joined_first_over_acts_then_over_outlets() -> None:
    make_quotes(30)
    for act in ("deny", "warn"):
        make_quotes(3, outlet="Northern Wire", act=act)
    make_quotes(1, outlet="Evening Post")
    make_quotes(1, outlet="Morning Post")
    make_quotes(1, outlet="Morning Post", confidence=0.2)

    found = {each.cell: len(each.quotes) for each in build_strata(13)}

    assert found == {
        ("Harbour Herald", "say", "90% and more"): 30,
        ("Northern Wire", "", "90% and more"): 6,
        ("", "", ""): 3,
    }


def test_more_than_there_are_are_all_there_are() -> None:
    make_quotes(3)

    assert make_sample(50).items.count() == 3


def test_a_share_of_the_items_is_for_two_judges() -> None:
    make_quotes(20)

    assert make_sample(20, double=0.25).items.filter(double=True).count() == 5


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"size": 1}, "2 to 5000"),
        ({"size": 10**6}, "2 to 5000"),
        ({"size": 5, "double": 1.5}, "from 0 to 1"),
        ({"size": 5, "name": " "}, "needs a name"),
        ({"size": 5, "name": "taken"}, "already"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_refused_in_words(asked: dict[str, Any], said: str) -> None:
    make_quotes(3)
    make_sample(2, name="taken")

    with pytest.raises(DrawRefused, match=said):
        draw_sample(**{"name": "new", **asked})


def test_from_nothing_nothing_is_drawn() -> None:
    with pytest.raises(DrawRefused, match="no quotes"):
        make_sample()


def test_what_was_shown_stays_when_the_quote_and_its_article_go() -> None:
    before = "\n".join(f"Line {number} is about the weather." for number in range(200))
    article = make_article(f"{before}\nAna Bell said the pier, she thinks, is safe.\nRain fell.")
    make_quote(article=article, actor="Ana Bell", content=("the pier", "is safe"))
    sample = make_sample(2)

    Article.objects.all().delete()

    (item,) = sample.items.all()
    shown, text = item.shown, item.shown["text"]
    assert item.quote is None
    assert [text[a:b] for a, b in [shown["source"], shown["cue"], *shown["content"]]] == [
        "Ana Bell",
        "said",
        "the pier",
        "is safe",
    ]
    assert shown["actor"] == "Ana Bell"
    assert text.startswith("Line ")
    assert len(text) < 2000


def test_a_closed_sample_takes_no_judgement_from_anywhere() -> None:
    make_quotes(3)
    sample = make_sample(2)
    item = sample.items.first()
    assert item
    made = make_judgement(item, "Ann")
    Sample.objects.update(closed_at="2024-03-05T12:00Z", results={})

    made.limits = "no"
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        made.save()
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        SampleItem.objects.exclude(pk=item.pk).get().judgements.create(is_quote="no")


def test_what_was_judged_stays_when_the_judge_goes() -> None:
    make_quotes(2)
    sample = make_closed_sample(2)

    User.objects.all().delete()

    assert [each.judge for each in SampleJudgement.objects.filter(item__sample=sample)] == [
        None,
        None,
    ]


def test_a_judgement_answers_all_or_says_that_it_is_no_quote() -> None:
    make_quotes(2)
    item = make_sample(2).items.first()
    assert item

    with pytest.raises(IntegrityError, match="answers_all"), transaction.atomic():
        item.judgements.create(is_quote="yes", limits="yes")
    with pytest.raises(IntegrityError, match="answers_all"), transaction.atomic():
        item.judgements.create(is_quote="no", limits="yes")


def test_the_command_draws_and_says_what() -> None:
    make_quotes(10)
    said = StringIO()

    call_command("sample", "draw", "--size=4", "--double=0.5", "--seed=9", stdout=said)

    sample = Sample.objects.get()
    assert (
        said.getvalue()
        == f"Sample “{sample.name}”: 4 of 10 quotes from 1 strata, 2 for two judges; seed 9.\n"
    )
    call_command("sample", "draw", "--size=4", stdout=said)
    assert Sample.objects.count() == 2


@pytest.mark.parametrize(
    "asked", [["--size=0"], ["--size=4", "--seed=-1"], ["--size=4", "--double=2"]], ids=str
)
def test_the_command_refuses_what_cannot_be(asked: list[str]) -> None:
    make_quotes(3)

    with pytest.raises(CommandError):
        call_command("sample", "draw", *asked)
