"""Copies of one text are grouped, whichever comes first, however many come in at once, and for as long as they are copies."""

import itertools
import random
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.intake import copies
from claims.intake.copies import (
    compare_all_waiting_texts,
    compare_waiting_texts,
    compare_when_stored,
    find_leads,
    have_all_texts_compared,
)
from claims.intake.readers import Document
from claims.intake.storing_articles import store_document
from claims.models import Article, CopyPair, Fingerprint, Uncompared
from tests.claims.stories import (
    cut_paragraphs,
    make_copies,
    make_paragraphs,
    make_stories_of_one_event,
)
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def compare_all() -> int:
    return sum(compare_all_waiting_texts())


def get_groups() -> set[frozenset[str]]:
    """The groups that there are, by the titles of their articles."""
    groups: dict[int, set[str]] = {}
    rows = Fingerprint.objects.filter(shared_text__isnull=False)
    for number, title in rows.values_list("shared_text", "article__title"):
        assert number is not None
        groups.setdefault(number, set()).add(title)
    return {frozenset(titles) for titles in groups.values()}


def make_articles(texts: Iterable[str]) -> list[Article]:
    """Articles with these texts, called "0", "1" and so on, each in an outlet of its own."""
    return [
        make_article(text, title=str(number), outlet=f"Outlet {number}")
        for number, text in enumerate(texts)
    ]


def make_two_stories(seed: int = 1) -> list[str]:
    """Eight copies of one report, and then two other reports."""
    rng = random.Random(seed)
    return [*make_copies(rng, make_paragraphs(rng)), *make_stories_of_one_event(rng)]


EIGHT = {frozenset("01234567")}


def test_one_report_in_eight_outlets_is_one_group() -> None:
    make_articles(make_two_stories())

    assert compare_all() == 10

    assert get_groups() == EIGHT


def test_500_pairs_of_different_stories_on_one_event_make_no_group() -> None:
    rng = random.Random(2)
    pairs = [make_stories_of_one_event(rng) for _ in range(500)]
    make_articles(itertools.chain.from_iterable(pairs))

    assert compare_all() == 1000

    assert get_groups() == set()
    assert not CopyPair.objects.exists()


@pytest.mark.parametrize("seed", range(5))
def test_the_groups_are_the_same_in_whatever_order_the_articles_come(seed: int) -> None:
    titled = list(enumerate(make_two_stories()))
    random.Random(seed).shuffle(titled)

    for place, (title, text) in enumerate(titled):
        make_article(text, title=str(title), outlet=f"Outlet {title}")
        if place % (seed + 1) == 0:
            compare_all()
    compare_all()

    assert get_groups() == EIGHT


def test_a_text_is_compared_as_soon_as_it_is_stored() -> None:
    for number, text in enumerate(make_two_stories()):
        key = f"https://outlet-{number}.example/{number}"
        store_document(Document(key, str(number), text, date(2024, 3, 5), key, "", key), [], "1")

    assert get_groups() == EIGHT
    assert not Uncompared.objects.exists()


def test_the_history_tells_the_reading_of_an_article_from_the_finding_of_its_copies() -> None:
    for number, text in enumerate(make_two_stories()[:2]):
        key = f"https://outlet-{number}.example/{number}"
        store_document(Document(key, str(number), text, date(2024, 3, 5), key, "", key), [], "1")

    assert list_reasons(Article) == {"read by extractor 1"}
    assert list_reasons(CopyPair) == {"copies of one text"}


def list_reasons(model: Any) -> set[str]:
    """Why rows were written, as their history tells."""
    events = model.pgh_event_model.objects.select_related("pgh_context")
    return {event.pgh_context.metadata["why"] for event in events}


def test_what_goes_wrong_with_comparing_does_not_touch_what_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object) -> None:
        raise ValueError("too odd")

    key = "https://example.org/a"
    with monkeypatch.context() as broken:
        broken.setattr(copies, "find_likely_pairs", fail)
        store_document(Document(key, "Talks", "Text.", None, key, "", key), [], "1")

    assert Article.objects.count() == Uncompared.objects.count() == 1
    assert compare_all() == 1


def test_an_edited_article_leaves_the_group_and_comes_back() -> None:
    articles = make_articles(make_two_stories())
    compare_all()
    own = articles[3].text

    Article.objects.filter(pk=articles[3].pk).update(text=articles[8].text)
    compare_all()
    assert get_groups() == {frozenset("0124567"), frozenset("38")}

    Article.objects.filter(pk=articles[3].pk).update(text=own)
    compare_all()
    assert get_groups() == EIGHT


def test_what_is_left_of_a_group_stays_one_when_an_article_goes() -> None:
    articles = make_articles(make_two_stories())
    compare_all()

    articles[0].delete()
    compare_all()
    assert get_groups() == {frozenset("1234567")}

    Article.objects.filter(title__in=list("123456")).delete()
    compare_all()
    assert get_groups() == set()
    assert not CopyPair.objects.exists()


def test_a_group_falls_apart_when_what_held_it_together_goes() -> None:
    """Two halves of a report have nothing in common but the whole."""
    paragraphs = make_paragraphs(random.Random(1), 16)
    halves = ["\n".join(paragraphs[:9]), "\n".join(paragraphs[7:])]
    *_, whole = make_articles([*halves, "\n".join(paragraphs)])
    compare_all()
    assert get_groups() == {frozenset("012")}

    whole.delete()
    compare_all()

    assert get_groups() == set()


def test_a_copy_that_comes_later_makes_one_group_of_two() -> None:
    paragraphs = make_paragraphs(random.Random(1), 16)
    first = "\n".join(paragraphs[:9])
    second = "\n".join(paragraphs[7:])
    make_articles([first, first, second, second])
    compare_all()
    assert get_groups() == {frozenset("01"), frozenset("23")}

    make_article("\n".join(paragraphs), title="4")
    compare_all()

    assert get_groups() == {frozenset("01234")}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_copies_of_a_text_that_nobody_has_whole_are_one_group(order: tuple[int, ...]) -> None:
    """The last has too little in common with either of the others, but not with both together."""
    paragraphs = make_paragraphs(random.Random(1), 8)
    cuts = [(1, 2), (2, 3), (5, 6)]
    texts = []
    for cut in cuts:
        texts.append("\n".join(each for place, each in enumerate(paragraphs) if place not in cut))

    for number in order:
        make_article(texts[number], title=str(number))
        compare_all()

    assert get_groups() == {frozenset("012")}


@pytest.mark.parametrize("seed", range(12))
def test_eight_outlets_that_each_cut_something_else_make_one_group(seed: int) -> None:
    rng = random.Random(seed)
    texts = make_copies(rng, make_paragraphs(rng, 8))
    make_articles(texts[:5])
    compare_all()

    make_articles(texts[5:])
    compare_all()

    assert len(get_groups()) == 1
    assert Fingerprint.objects.filter(shared_text__isnull=False).count() == 8


def test_an_update_is_no_copy_of_what_its_copies_say_together() -> None:
    rng = random.Random(9)
    before, new = make_paragraphs(rng), make_paragraphs(rng)
    make_articles([*make_copies(rng, before), "\n".join([*new[:5], *before[:5]])])

    compare_all()

    assert get_groups() == EIGHT


def test_what_a_curator_refused_does_not_come_back_by_way_of_the_others() -> None:
    paragraphs = make_paragraphs(random.Random(1), 8)
    make_articles(
        "\n".join(each for place, each in enumerate(paragraphs) if place not in cut)
        for cut in [(1, 2), (2, 3), (5, 6)]
    )
    compare_all()
    last = Article.objects.get(title="2")

    CopyPair.objects.filter(second=last).refuse(User.objects.create_user("Clara"))
    compare_all()

    assert get_groups() == {frozenset("01")}


def test_short_texts_are_no_copies_of_one_another() -> None:
    make_articles(["Nobody spoke.", "Nobody spoke."])

    assert compare_all() == 2

    assert get_groups() == set()


def test_what_a_curator_refused_is_not_found_again_and_can_be_taken_back() -> None:
    text = "\n".join(make_paragraphs(random.Random(1)))
    make_articles([text, text])
    compare_all()
    curator = User.objects.create_user("Clara")

    assert CopyPair.objects.all().refuse(curator) == 1
    compare_all()
    assert get_groups() == set()

    have_all_texts_compared()
    compare_all()
    assert get_groups() == set()
    assert CopyPair.objects.get().refused_by == curator

    assert CopyPair.objects.all().take_back_refusal() == 1
    compare_all()
    assert get_groups() == {frozenset("01")}


def test_copies_that_come_in_at_once_do_not_pass_each_other_by() -> None:
    texts = make_two_stories()[:8]

    def store(number: int) -> None:
        key = f"https://outlet-{number}.example/{number}"
        store_document(
            Document(key, str(number), texts[number], date(2024, 3, 5), key, "", key), [], "1"
        )
        connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(store, range(8)))

    assert get_groups() == EIGHT
    assert not Uncompared.objects.exists()


def test_who_stores_many_leaves_them_to_another_that_compares() -> None:
    other = connection.copy()
    try:
        with other.cursor() as comparing:
            comparing.execute("BEGIN")
            comparing.execute("SELECT pg_advisory_xact_lock(%s)", [copies.COMPARING_LOCK])
            with transaction.atomic():
                make_articles(make_two_stories())
                compare_when_stored(stored=copies.MANY_TEXTS)
            assert Uncompared.objects.count() == 10
            comparing.execute("ROLLBACK")
    finally:
        other.close()

    with transaction.atomic():
        compare_when_stored(stored=copies.MANY_TEXTS)

    assert get_groups() == EIGHT


def test_a_pass_that_is_stopped_leaves_its_texts_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    make_articles(make_two_stories())

    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(copies, "group_copies", stop)
        with pytest.raises(KeyboardInterrupt):
            compare_waiting_texts()

    assert Uncompared.objects.count() == 10
    assert not Fingerprint.objects.exists()
    assert compare_all() == 10
    assert get_groups() == EIGHT


def test_an_article_that_somebody_is_writing_is_compared_later() -> None:
    held, _ = make_articles(make_two_stories()[:2])
    other = connection.copy()
    try:
        with other.cursor() as writing:
            writing.execute("BEGIN")
            writing.execute("UPDATE claims_article SET title = 'held' WHERE id = %s", [held.pk])
            assert compare_all() == 1
            writing.execute("ROLLBACK")
    finally:
        other.close()

    assert compare_all() == 1
    assert get_groups() == {frozenset("01")}


def test_many_texts_are_compared_in_several_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "TEXTS_AT_ONCE", 3)
    make_articles(make_two_stories())

    assert list(compare_all_waiting_texts()) == [3, 3, 3, 1]

    assert get_groups() == EIGHT


def test_articles_linked_by_pairs_have_the_lowest_of_them_as_their_lead() -> None:
    rng = random.Random(1)
    links = [(1, 2), (2, 9), (4, 9), (5, 6), (7, 7)]
    for _ in range(20):
        rng.shuffle(links)

        leads = find_leads(range(1, 10), links)

        assert leads == {1: 1, 2: 1, 3: 3, 4: 1, 5: 5, 6: 5, 7: 7, 8: 8, 9: 1}


# Cost


def count_statements() -> int:
    with CaptureQueriesContext(connection) as queries:
        compare_waiting_texts()
    own = [each["sql"] for each in queries if each["sql"].split()[0] not in ("BEGIN", "COMMIT")]
    return len(own)


def test_a_new_text_takes_three_statements_and_a_lock_to_find_its_copies() -> None:
    rng = random.Random(1)
    make_articles("\n".join(make_paragraphs(rng)) for _ in range(20))
    compare_all()

    make_article("\n".join(make_paragraphs(rng)))

    assert count_statements() == 4


def test_texts_are_looked_up_by_their_bands_where_postgres_does_not_know_how_many_there_are() -> (
    None
):
    rng = random.Random(1)
    with transaction.atomic(), connection.cursor() as cursor:
        make_articles("\n".join(make_paragraphs(rng)) for _ in range(5))
        compare_all()
        cursor.execute("SET LOCAL enable_seqscan = on")  # of this transaction, which goes on
        make_article("\n".join(make_paragraphs(rng)))
        compare_all()

        cursor.execute(
            "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'claims_fingerprint'"
        )
        ((read,),) = cursor.fetchall()

    assert read == 0


def test_a_copy_takes_as_few_statements_in_a_large_group_as_in_a_small_one() -> None:
    rng = random.Random(1)
    paragraphs = make_paragraphs(rng)
    costs = []
    for _ in range(2):
        make_articles(make_copies(rng, paragraphs))
        compare_all()
        make_article("\n".join(cut_paragraphs(rng, paragraphs)))
        costs.append(count_statements())

    assert costs[0] == costs[1] == 8


def test_nothing_waits_once_everything_is_compared() -> None:
    make_articles(make_two_stories())
    compare_all()

    Article.objects.update(title="Another headline")
    with transaction.atomic():
        for article in Article.objects.all():
            article.save()

    assert not Uncompared.objects.exists()
