"""What a follower is told by mail, and what not."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from claims.following import alerts
from claims.following.sending import NotSent, PerhapsSent
from claims.following.telling import find_what_to_tell
from claims.models import Article, Quote, SavedSearch, SentQuote
from tests.claims.following.followers import ADA, get_html, look, make_due, make_search
from tests.factories import make_article, make_match, make_outlet, make_quote

pytestmark = pytest.mark.django_db


def test_a_mail_has_the_sentence_with_its_denial_the_words_that_were_found_and_the_link() -> None:
    search = make_search("q=ferries&act=deny")
    quote = make_quote(actor="Ana Bell", cue="denied", content="any delay of the ferry", act="deny")

    text = look(search)

    assert "Ana Bell denied any delay of the ferry (Harbour Herald, 5 Mar 2024)." in text
    assert "Words: ferry." in text
    assert "Search: act deny; words ferries" in text
    assert f"https://news.example/quotes/{quote.pk}/" in text
    assert "https://news.example/?act=deny&q=ferries&order=arrived" in text
    sent = mail.outbox[0]
    assert sent.to == [ADA]
    assert sent.subject == "1 new quote: act deny; words ferries"
    assert "Ana Bell denied any delay" in get_html(sent)


def test_what_was_there_before_is_not_told_and_what_is_told_is_told_once() -> None:
    make_quote(content="the toll will rise")
    search = make_search()
    make_quote(content="the ferry is late")

    first, second = look(search), look(search)

    assert "the ferry is late" in first
    assert "the toll" not in first
    assert second == ""


def test_an_old_article_that_comes_in_late_is_told() -> None:
    make_quote(content="the ferry is late")
    search = make_search()
    article = make_article("Veldania said the toll will rise.", published_on=date(1999, 1, 1))
    make_quote(article=article, content="the toll will rise")

    assert "the toll will rise" in look(search)


def test_a_quote_that_comes_to_fit_later_is_told_then() -> None:
    search = make_search("actor=ana-bell")
    make_quote(actor="Ana Bell", content="the ferry is late")
    late = make_quote(actor=None, source="Bell", content="the toll will rise")
    look(search)

    Quote.objects.filter(pk=late.pk).update(
        actor=Quote.objects.get(content="the ferry is late").actor
    )

    assert "the toll will rise" in look(search)


def find_again(quote: Quote, **values: Any) -> Quote:
    """Return the quote under another number, as when an article is read anew and its cue is another."""
    article = quote.article
    quote.delete()
    return make_quote(article=article, **values)


def test_a_quote_that_is_found_again_is_not_told_again_even_with_other_limits() -> None:
    search = make_search()
    article = make_article("Veldania has said the bridge is safe for a hundred years. Rain fell.")
    quote = make_quote(article=article, content="the bridge is safe for a hundred years")
    assert "safe" in look(search)

    quote = find_again(quote, cue="has said", content="the bridge is safe for a hundred years")
    again = look(search)
    find_again(quote, cue="has said", content="the bridge is safe for a hundred")

    assert again == ""
    assert look(search) == ""


def test_what_is_found_when_an_old_text_is_read_anew_is_no_news_but_an_edit_is() -> None:
    article = make_article("Veldania said the bridge is safe. Omar Reza said the toll will rise.")
    make_quote(article=article, content="the bridge is safe")
    Article.objects.update(added_at=timezone.now() - timedelta(days=9))
    search = make_search()
    make_quote(article=article, actor="Omar Reza", content="the toll will rise")

    assert look(search) == ""

    now = timezone.now()
    article.versions.create(
        text="Before.", title="Before", sha256="0" * 64, seen_at=now, superseded_at=now
    )

    assert "the toll will rise" in look(search)


def test_two_searches_of_one_follower_tell_of_a_quote_once_and_those_of_two_each() -> None:
    words, actor = make_search("q=ferry"), make_search("actor=veldania", trigger="new")
    other = make_search("q=ferry", email="bob@reader.example")
    make_quote(content="the ferry is late")

    told = [look(each) for each in (words, actor, other)]

    assert [bool(each) for each in told] == [True, False, True]


def test_a_quote_that_was_withdrawn_is_not_sent() -> None:
    search = make_search(pace="daily")
    gone = make_quote(content="the ferry is late")
    make_quote(content="the toll will rise")
    Quote.objects.filter(pk=gone.pk).update(status="rejected")

    text = look(search)

    assert "the toll will rise" in text
    assert "the ferry is late" not in text


def test_nothing_is_sent_to_who_did_not_confirm() -> None:
    search = make_search()
    SavedSearch.objects.update(confirmed_at=None)
    make_quote()

    assert look(search) == ""
    assert not list(alerts.iterate_due_searches())


def test_a_search_whose_actor_is_gone_tells_nothing_and_says_why() -> None:
    search = make_search("actor=nobody-any-more")
    make_quote()

    assert look(search) == ""
    search.refresh_from_db()
    assert search.problem == "There is no actor “nobody-any-more”."


# When


def test_a_daily_search_is_due_at_its_hour_however_late_the_look_was() -> None:
    search = make_search(pace="daily")
    at = timezone.now() - timedelta(hours=30)
    SavedSearch.objects.update(next_at=at)

    alerts.look_and_tell(search.pk)

    search.refresh_from_db()
    assert search.next_at == at + timedelta(days=2)


def test_a_search_is_looked_at_only_where_anything_may_have_changed() -> None:
    make_quote()
    search = make_search()
    alerts.look_and_tell(search.pk)
    make_due(search)
    soon = list(alerts.iterate_due_searches())
    half_an_hour_ago = timezone.now() - timedelta(minutes=30)
    SavedSearch.objects.update(looked_at=timezone.now() + timedelta(minutes=30))
    later = list(alerts.iterate_due_searches())
    SavedSearch.objects.update(looked_at=half_an_hour_ago - timedelta(hours=1))
    much_later = list(alerts.iterate_due_searches())

    assert [len(each) for each in (soon, later, much_later)] == [1, 0, 1]


# Sending


@pytest.fixture
def sending(monkeypatch: pytest.MonkeyPatch) -> list[Exception | None]:
    """What the server does with the next mails: errors, or None for one that it takes."""
    outcomes: list[Exception | None] = []

    def send(message: Any) -> None:
        outcome = outcomes.pop(0)
        if outcome:
            raise outcome
        mail.outbox.append(message)

    monkeypatch.setattr(alerts, "send_mail", send)
    return outcomes


def test_what_surely_was_not_sent_is_sent_later(sending: list[Exception | None]) -> None:
    search = make_search()
    make_quote(content="the ferry is late")
    sending += [NotSent("the mail server cannot be reached"), None]

    refused = look(search)
    search.refresh_from_db()

    assert refused == ""
    assert search.failures == 1
    assert search.next_at is not None
    assert search.next_at > timezone.now() + timedelta(minutes=5)
    assert "the ferry is late" in look(search)
    search.refresh_from_db()
    assert (search.failures, search.sent) == (0, 1)


def test_what_may_have_been_sent_is_never_sent_again(sending: list[Exception | None]) -> None:
    search = make_search()
    make_quote(content="the ferry is late")
    sending += [PerhapsSent("the connection broke off"), None]

    look(search)

    assert look(search) == ""
    assert SentQuote.objects.count() == 1


def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(
    sending: list[Exception | None],
) -> None:
    search = make_search()
    make_quote()
    sending.append(NotSent("the mail server refuses the address (550)", is_lasting=True))

    look(search)

    make_due(search)
    assert not list(alerts.iterate_due_searches())


# Triggers beyond words


def test_somebody_says_again_what_they_said_but_a_copy_says_nothing_again() -> None:
    search = make_search("actor=ana-bell", trigger="repeated")
    values: dict[str, Any] = {"actor": "Ana Bell", "content": "the ferry is always late in winter"}
    first = make_quote(**values)
    assert look(search) == ""
    make_quote(actor="Omar Reza", content="the ferry is always late in winter")
    assert look(search) == ""

    make_quote(**values)
    text = look(search)

    assert text.count("Ana Bell said the ferry is always late in winter") == 1
    assert f"Said before: https://news.example/quotes/{first.pk}/" in text


def test_somebody_denies_what_an_actor_said_in_the_same_words_or_in_others() -> None:
    search = make_search("actor=ana-bell", trigger="denied")
    said = make_quote(actor="Ana Bell", content="the ferry is always late in winter")
    make_quote(
        actor="Omar Reza", content="the toll will rise in the spring", act="deny", cue="denied"
    )
    assert look(search) == ""
    same = {"content": "the ferry is always late in winter", "act": "deny", "cue": "denied"}
    make_quote(actor="Omar Reza", **same)  # type: ignore[arg-type]
    other = make_quote(actor="Veldania", content="our boats are never behind their plan")
    make_match(said, other)

    text = look(search)

    assert text.count("Denies: “the ferry is always late in winter”") == 2
    assert "Omar Reza denied" in text
    assert "our boats are never behind their plan" in text
    assert "the toll" not in text


def test_who_denies_or_questions_the_words_of_a_denial_denies_nothing() -> None:
    search = make_search("actor=ana-bell", trigger="denied")
    said = make_quote(actor="Ana Bell", content="the vaccine is safe for everybody")
    against = {"content": "the vaccine is dangerous for children"}
    make_match(said, make_quote(actor="Omar Reza", **against))  # type: ignore[arg-type]
    make_quote(actor="Zora Lind", act="deny", cue="denied", **against)  # type: ignore[arg-type]
    make_quote(actor="Jon Okafor", act="question", cue="doubted", **against)  # type: ignore[arg-type]

    text = look(search)

    assert "Omar Reza said" in text
    assert "Zora Lind" not in text
    assert "Jon Okafor" not in text


def test_somebody_denies_a_claim_that_is_followed() -> None:
    said = make_quote(actor="Ana Bell", content="the ferry is always late in winter")
    search = make_search(f"claim={said.claim_id}", trigger="denied")
    make_quote(
        actor="Omar Reza", content="the ferry is always late in winter", act="deny", cue="denied"
    )

    assert "Omar Reza denied" in look(search)


def test_an_outlet_quotes_somebody_for_the_first_time() -> None:
    make_quote(actor="Ana Bell", content="the ferry is late")
    search = make_search("actor=ana-bell", trigger="first")
    make_quote(actor="Ana Bell", content="the toll will rise")
    wire = make_article(
        "Ana Bell said it is noon. Ana Bell warned it is late.", outlet=make_outlet("Northern Wire")
    )
    make_quote(actor="Ana Bell", article=wire, content="it is noon")
    make_quote(actor="Ana Bell", article=wire, cue="warned", content="it is late")

    text = look(search)

    assert text.count("(Northern Wire") == 1
    assert "Ana Bell said it is noon" in text
    assert "Quoted by this outlet for the first time here" in text


def test_a_quote_vanishes_from_its_article_though_it_was_told_before() -> None:
    new, vanished = make_search("q=ferry"), make_search("q=ferry", trigger="vanished")
    quote = make_quote(content="the ferry is late")
    assert look(new)
    assert look(vanished) == ""
    article = quote.article
    now = timezone.now()
    version = article.versions.create(
        text=article.text, title="Before", sha256="0" * 64, seen_at=now, superseded_at=now
    )
    Quote.objects.filter(pk=quote.pk).update(version=version)
    an_hour_ago = now - timedelta(hours=1)  # the log has the moment at which a transaction began
    SavedSearch.objects.filter(pk=vanished.pk).update(confirmed_at=an_hour_ago)

    text = look(vanished)

    assert "the ferry is late" in text
    assert "No longer in its article" in text
    assert look(vanished) == ""


@pytest.mark.parametrize("problem", [None, NotSent("busy"), PerhapsSent("broke off")])
def test_a_search_that_is_ended_while_its_mail_goes_out_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, problem: Exception | None
) -> None:
    search = make_search()
    make_quote()

    def end(sent: Any) -> None:
        SavedSearch.objects.get(pk=search.pk).end()
        if problem:
            raise problem

    monkeypatch.setattr(alerts, "send_mail", end)

    alerts.look_and_tell(search.pk)

    assert not SavedSearch.objects.exists()


def test_a_search_that_is_ended_during_the_look_is_told_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search, other = make_search(), make_search("q=ferry")
    make_quote()

    def end(looked: SavedSearch, known: Any) -> Any:
        found = find_what_to_tell(looked, known)
        SavedSearch.objects.get(pk=search.pk).end()
        return found

    monkeypatch.setattr(alerts, "find_what_to_tell", end)

    assert alerts.look_and_tell(search.pk) == 0
    assert not mail.outbox
    assert not SentQuote.objects.exists()
    assert SavedSearch.objects.get() == other
