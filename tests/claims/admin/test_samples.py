"""Samples in the admin: drawn, judged without seeing what others say, settled, closed."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from claims.models import Sample, SampleItem, SampleJudgement
from claims.trust import judging
from tests.claims.admin_client import get_change_address, get_page
from tests.claims.samples import (
    NO_QUOTE_ANSWERS,
    RIGHT_ANSWERS,
    judge_all,
    make_closed_sample,
    make_judgement,
    make_quotes,
    make_sample,
)
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db

SAMPLES = "/admin/claims/sample/"


def get_item_page(item: SampleItem) -> str:
    return f"{SAMPLES}{item.sample_id}/judge/{item.position}/"


def get_first_item(sample: Sample) -> SampleItem:
    return sample.items.all()[0]


def test_a_sample_is_drawn_by_a_form(curator: Client) -> None:
    make_quotes(10)

    sent = curator.post(f"{SAMPLES}add/", {"name": "spring", "size": 6, "double": "0.5", "seed": 3})

    sample = Sample.objects.get()
    assert sent["Location"] == get_change_address(sample)
    assert (sample.name, sample.seed, sample.items.count()) == ("spring", 3, 6)
    assert sample.items.filter(double=True).count() == 3
    assert sample.drawn_by == User.objects.get()
    assert "test (10 quotes)" in get_page(curator, get_change_address(sample))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "required"),
        ({"name": "taken"}, "already"),
        ({"size": 1}, "greater than or equal"),
        ({"double": 2}, "less than"),
    ],
    ids=str,
)
def test_a_form_that_cannot_be_drawn_from_says_why(
    curator: Client, wrong: dict[str, Any], said: str
) -> None:
    make_quotes(4)
    make_sample(2, name="taken")

    sent = curator.post(f"{SAMPLES}add/", {"name": "spring", "size": 2, "double": "0", **wrong})

    assert said in sent.content.decode()
    assert Sample.objects.count() == 1


def test_one_quote_after_the_other_is_judged_until_nothing_is_left(curator: Client) -> None:
    make_quotes(3)
    sample = make_sample(3)
    seen = []

    while (led := curator.get(f"{SAMPLES}{sample.pk}/judge/"))["Location"] != get_change_address(
        sample
    ):
        seen.append(led["Location"])
        assert (
            curator.post(led["Location"], RIGHT_ANSWERS)["Location"]
            == f"{SAMPLES}{sample.pk}/judge/"
        )

    assert seen == [get_item_page(item) for item in sample.items.all()]
    assert SampleJudgement.objects.count() == 3


def test_a_judge_sees_the_paragraphs_with_the_parts_marked_and_no_confidence(
    curator: Client,
) -> None:
    article = make_article("Rain fell.\nAna Bell said the pier is <b>safe</b>.\nIt was noon.")
    make_quote(
        article=article,
        actor="Ana Bell",
        content="the pier is <b>safe</b>",
        confidence=0.8137,
        actor_confidence=0.7421,
    )
    item = get_first_item(make_sample(2))

    said = get_page(curator, get_item_page(item))

    assert '<mark class="source">Ana Bell</mark> <mark class="cue">said</mark>' in said
    assert '<mark class="content">the pier is &lt;b&gt;safe&lt;/b&gt;</mark>' in said
    assert "Rain fell." in said
    assert "It was noon." in said
    for hidden in ("0.81", "81%", "0.74", "74%", "confidence"):
        assert hidden not in said, hidden


def test_a_judge_sees_nothing_of_what_another_said(curator: Client) -> None:
    make_quotes(2)
    item = get_first_item(make_sample(2, double=1))
    make_judgement(item, "Ann", is_quote="no")

    said = get_page(curator, get_item_page(item))

    assert "checked" not in said
    assert "Ann" not in said
    assert "no quote" not in said


def test_where_the_speaker_is_unknown_it_is_asked_whether_that_is_so(curator: Client) -> None:
    make_quotes(2, actor=None)

    said = get_page(curator, get_item_page(get_first_item(make_sample(2))))

    assert "Is it really not clear from the article who says it?" in said
    assert "Is the speaker right?" not in said


def test_an_own_judgement_can_be_gone_back_to_and_changed(curator: Client) -> None:
    make_quotes(2)
    first, second = make_sample(2).items.all()
    curator.post(get_item_page(first), RIGHT_ANSWERS)

    assert f'href="{get_item_page(first)}"' in get_page(curator, get_item_page(second))
    assert get_page(curator, get_item_page(first)).count("checked") == 4
    curator.post(get_item_page(first), {"is_quote": "no"})

    assert judging.get_answers(first.judgements.get()) == NO_QUOTE_ANSWERS


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"is_quote": "maybe"},
        {"is_quote": "yes"},
        {**RIGHT_ANSWERS, "limits": "unclear"},
        {**RIGHT_ANSWERS, "act": ""},
    ],
    ids=str,
)
def test_what_is_not_answered_is_not_taken(curator: Client, sent: dict[str, str]) -> None:
    make_quotes(2)
    item = get_first_item(make_sample(2))

    assert 'class="errorlist"' in curator.post(get_item_page(item), sent).content.decode()
    assert not SampleJudgement.objects.exists()


def test_where_two_differ_a_third_sees_both_and_decides(curator: Client) -> None:
    make_quotes(2)
    sample = make_sample(2, double=1)
    item = get_first_item(sample)
    make_judgement(item, "Ann")
    make_judgement(item, "Bob", is_quote="no")
    list_page = f"{SAMPLES}{sample.pk}/differences/"

    assert "a quote; limits: yes, speaker: yes, act: yes" in get_page(curator, list_page)
    settle_page = f"{list_page}{item.position}/"
    assert "One judge: a quote" in get_page(curator, settle_page)
    assert "The other: no quote." in get_page(curator, settle_page)
    curator.post(settle_page, {"is_quote": "no"})

    assert "No two judges differ" in get_page(curator, list_page)
    assert judging.find_settled_answers(SampleItem.objects.get(pk=item.pk)) == NO_QUOTE_ANSWERS


def test_one_of_the_two_is_told_to_leave_it_to_others(curator: Client) -> None:
    make_quotes(2)
    sample = make_sample(2, double=1)
    item = get_first_item(sample)
    make_judgement(item, "Clara")
    make_judgement(item, "Bob", is_quote="no")

    assert "you are one of its judges" in get_page(curator, f"{SAMPLES}{sample.pk}/differences/")
    curator.post(f"{SAMPLES}{sample.pk}/differences/{item.position}/", RIGHT_ANSWERS)

    assert not SampleJudgement.objects.filter(settles=True).exists()


def test_a_sample_is_closed_by_an_action_that_says_what_is_left(curator: Client) -> None:
    make_quotes(3)
    sample = make_sample(3)
    chosen = {"action": "close_samples", "_selected_action": [sample.pk]}

    assert "has 3 quotes left" in curator.post(SAMPLES, chosen, follow=True).content.decode()
    judge_all(sample)
    assert (
        "its figures are public now" in curator.post(SAMPLES, chosen, follow=True).content.decode()
    )

    sample.refresh_from_db()
    assert sample.closed_by == User.objects.get(username="Clara")
    assert "See the figures" in get_page(curator, SAMPLES)


def test_a_closed_sample_can_be_looked_at_and_deleted_and_not_changed(curator: Client) -> None:
    make_quotes(3)
    sample = make_closed_sample(3)

    assert 'name="_save"' not in get_page(curator, get_change_address(sample))
    assert curator.post(get_change_address(sample), {"name": "other"}).status_code == 403
    assert (
        curator.post(
            get_change_address(sample).replace("change", "delete"), {"post": "yes"}
        ).status_code
        == 302
    )

    assert not Sample.objects.exists()


@pytest.mark.parametrize(
    ("permissions", "may_judge", "may_draw"),
    [
        (["view_sample"], False, False),
        (["view_sample", "add_samplejudgement"], True, False),
        (["view_sample", "add_sample"], False, True),
    ],
    ids=str,
)
def test_who_may_not_is_refused(
    client: Client, permissions: list[str], may_judge: bool, may_draw: bool
) -> None:
    make_quotes(2)
    sample = make_sample(2, double=1)
    user = User.objects.create_user("Sam", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    judging_pages = ("judge/", "judge/1/", "differences/", "differences/1/")
    allowed = [
        client.get(f"{SAMPLES}{sample.pk}/{address}").status_code != 403
        for address in judging_pages
    ]
    drawing = client.post(f"{SAMPLES}add/", {"name": "mine", "size": 2, "double": 0}).status_code

    assert allowed == [may_judge] * 4
    assert (drawing != 403, Sample.objects.filter(name="mine").exists()) == (may_draw, may_draw)


def test_whoever_is_not_logged_in_is_led_to_the_login(client: Client) -> None:
    make_quotes(2)
    item = get_first_item(make_sample(2))

    assert client.post(get_item_page(item), RIGHT_ANSWERS)["Location"].startswith("/admin/login/")
    assert not SampleJudgement.objects.exists()


def test_two_judges_never_have_the_same_quote_before_them(curator: Client) -> None:
    make_quotes(2)
    sample = make_sample(2)
    colleague = Client()
    colleague.force_login(User.objects.create_superuser("Cyril"))
    begin = f"/admin/claims/sample/{sample.pk}/judge/"

    first, second = (browser.get(begin)["Location"] for browser in (curator, colleague))
    assert {first, second} == {f"{begin}1/", f"{begin}2/"}
    third = Client()
    third.force_login(User.objects.create_superuser("Olga"))
    assert "Others have the last" in third.get(begin, follow=True).content.decode()
    curator.post(first, RIGHT_ANSWERS)
    curator.get(begin)

    assert curator.get(begin)["Location"] == f"/admin/claims/sample/{sample.pk}/change/"
    assert colleague.get(begin)["Location"] == second
