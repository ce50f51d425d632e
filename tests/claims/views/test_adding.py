"""News comes in by the browser: a link, a text or files are read, shown, and kept or thrown away."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from claims.intake.addresses import canonicalize_address
from claims.intake.arriving import keeping, open_arrival
from claims.intake.arriving.keeping import KEPT_TOGETHER
from claims.models import Arrival, Article, ArticleAddress, Delivery, Quote
from claims.models.refusals import Refused
from claims.views.adding import MOST_TRIES_AN_HOUR
from tests.arrivals import TEXT, make_arrival, make_delivery, make_found
from tests.claims.intake.arrivals import run_jobs
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def local(settings: Settings) -> None:
    """A site that serves its own machine alone."""
    settings.ANYBODY_MAY_ADD = True


@pytest.fixture
def public(settings: Settings) -> None:
    """A site that others reach."""
    settings.ANYBODY_MAY_ADD = False


@pytest.fixture
def member(client: Client, public: None) -> Client:
    """The browser of somebody who may add articles on a site that others reach."""
    user = User.objects.create_user("Ruth")
    user.user_permissions.add(Permission.objects.get(codename="add_article"))
    client.force_login(user)
    return client


def page_of(response: Any) -> str:
    return unescape(response.content.decode())


def send(client: Client, what: str, **values: Any) -> Any:
    return client.post("/add/", {"what": what, **values})


# Handing in


@pytest.mark.usefixtures("local")
def test_a_link_is_handed_in_and_leads_to_how_far_it_is(client: Client) -> None:
    response = send(client, "link", url="news.example/bridge")

    made = Arrival.objects.get()
    assert (made.address, made.state) == ("https://news.example/bridge", "queued")
    assert response["Location"] == made.delivery.get_absolute_url()
    assert "https://news.example/bridge" in page_of(client.get(response["Location"]))


@pytest.mark.usefixtures("local")
def test_a_text_is_handed_in_with_its_title_and_date(client: Client) -> None:
    send(client, "text", text=TEXT, title="Bridge to open", date="2024-03-05")

    content = bytes(Arrival.objects.get().content or b"").decode()
    assert TEXT in content
    assert "Bridge to open" in content
    assert "2024-03-05" in content


@pytest.mark.usefixtures("local")
def test_files_are_handed_in_together(client: Client) -> None:
    files = [SimpleUploadedFile(name, b"<p>Bridge</p>") for name in ("a.html", "b.html")]

    response = send(client, "files", files=files)

    assert response.status_code == 302
    assert list(Delivery.objects.get().arrivals.values_list("where", flat=True)) == [
        "a.html",
        "b.html",
    ]


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    ("what", "values", "said"),
    [
        ("link", {"url": ""}, "Paste the link of an article."),
        ("link", {"url": "no link"}, "This is not the address of a web page."),
        ("text", {"text": " "}, "Paste the text of an article."),
        ("text", {"text": "It is safe.", "date": "soon"}, "Give the date as 2024-03-05"),
        ("files", {}, "Choose one or more files."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, what: str, values: dict[str, str], said: str
) -> None:
    response = send(client, what, **values)

    page = page_of(response)
    assert response.status_code == 400
    assert page.count(said) == 1
    assert 'aria-invalid="true"' in page
    assert values.get("text", "").strip() in page
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("local")
def test_files_that_are_too_large_together_are_said_to_be(
    client: Client, settings: Settings
) -> None:
    settings.LARGEST_UPLOAD = 2_000_000
    large = SimpleUploadedFile("a.txt", b"x" * 2_000_001)

    response = send(client, "files", files=[large])

    assert response.status_code == 400
    assert "Together the files are larger than 2 MB." in page_of(response)
    assert "Choose one or more files." not in page_of(response)
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("local")
def test_what_cannot_be_handed_in_is_said_beside_its_field(client: Client) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(501)]

    response = send(client, "files", files=files)

    assert response.status_code == 400
    assert "These are 501 files; hand in 500 at once" in page_of(response)
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("local")
def test_the_bookmark_fills_in_the_link_and_sends_nothing(client: Client) -> None:
    page = page_of(client.get("/add/?url=https://news.example/a%3Fb=1%26c=2"))

    assert 'value="https://news.example/a?b=1&c=2"' in page
    assert not Delivery.objects.exists()
    assert (
        "javascript:location.href='http://testserver/add/?url='+encodeURIComponent(location.href)"
        in page
    )


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("url", ['"><script>alert(1)</script>', "javascript:alert(1)", "\u202e"])
def test_a_link_that_is_filled_in_is_nothing_but_text(client: Client, url: str) -> None:
    page = client.get("/add/", {"url": url}).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript:alert' not in page


@pytest.mark.usefixtures("local")
def test_what_one_has_handed_in_is_listed_and_nobody_else_s(client: Client) -> None:
    send(client, "link", url="https://news.example/mine")
    colleague = Client()  # behind the same network address
    send(colleague, "link", url="https://news.example/colleague")

    page, other_page = page_of(client.get("/add/")), page_of(colleague.get("/add/"))

    assert "https://news.example/mine" in page
    assert "1 waiting" in page
    assert "https://news.example/colleague" not in page
    assert "https://news.example/colleague" in other_page
    assert "https://news.example/mine" not in other_page


def test_who_is_signed_in_finds_what_they_handed_in_anywhere(member: Client) -> None:
    send(member, "link", url="https://news.example/mine")

    again = Client(REMOTE_ADDR="10.0.0.9")
    again.force_login(User.objects.get(username="Ruth"))

    assert "https://news.example/mine" in page_of(again.get("/add/"))
    assert "https://news.example/mine" not in page_of(Client().get("/add/"))


@pytest.mark.usefixtures("local")
def test_what_is_to_be_kept_at_once_says_so(client: Client) -> None:
    send(client, "link", url="https://news.example/a", keep="1")

    assert Delivery.objects.get().keeps_itself


# Trying


@pytest.mark.usefixtures("public")
def test_anybody_may_try_a_text_and_neither_links_nor_files(client: Client) -> None:
    page = page_of(client.get("/add/"))

    assert 'name="text"' in page
    assert 'name="url"' not in page
    assert 'name="files"' not in page
    assert "javascript:" not in page
    assert send(client, "text", text=TEXT, keep="1").status_code == 302
    assert not Delivery.objects.get().keeps_itself
    assert send(client, "link", url="https://news.example/a").status_code == 403
    assert send(client, "files", files=[SimpleUploadedFile("a.txt", b"x")]).status_code == 403
    assert Delivery.objects.count() == 1


@pytest.mark.usefixtures("public")
def test_a_text_that_is_tried_has_its_length(client: Client) -> None:
    response = send(client, "text", text="x" * 20_001)

    assert response.status_code == 400
    assert "This text has 20,001 characters; 20,000 can be pasted." in page_of(response)


@pytest.mark.usefixtures("public")
def test_one_sender_tries_so_many_texts_an_hour(client: Client) -> None:
    for _ in range(MOST_TRIES_AN_HOUR):
        assert send(client, "text", text=TEXT).status_code == 302

    refused = send(client, "text", text="My long text.")

    assert refused.status_code == 429
    assert "as many as one can" in page_of(refused)
    assert "My long text." in page_of(refused)
    assert Delivery.objects.count() == MOST_TRIES_AN_HOUR
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert send(other, "text", text=TEXT).status_code == 302
    Delivery.objects.update(made_at=timezone.now() - timedelta(hours=2))
    assert send(client, "text", text=TEXT).status_code == 302


def test_who_may_add_is_not_limited(member: Client) -> None:
    for _ in range(MOST_TRIES_AN_HOUR + 1):
        assert send(member, "text", text=TEXT).status_code == 302


@pytest.mark.usefixtures("public")
def test_the_address_of_who_tries_is_not_kept(client: Client) -> None:
    send(client, "text", text=TEXT)

    assert "127.0.0.1" not in str(Delivery.objects.values().get())


@pytest.mark.usefixtures("public")
def test_what_was_tried_is_shown_without_a_way_to_keep_it(client: Client) -> None:
    arrival = make_arrival()

    page = page_of(client.get(arrival.get_absolute_url()))

    assert "Nothing is stored" in page
    assert "Talked about, but not heard" in page
    assert "Keep this article" not in page
    assert 'name="title"' not in page
    assert client.post(arrival.get_absolute_url(), {"title": "Mine"}).status_code == 403
    assert not Article.objects.exists()


# How far it is


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("queued", "waiting"),
        ("reading", "being read"),
        ("refused", "It has no text"),
    ],
)
def test_a_document_says_how_far_it_is(client: Client, state: str, said: str) -> None:
    arrival = make_arrival(state=state)

    assert said in page_of(client.get(arrival.delivery.get_absolute_url()))


def test_a_page_that_is_not_in_says_what_else_can_be_done(client: Client) -> None:
    arrival = make_arrival(state="refused", reason="it is behind a paywall")

    page = page_of(client.get(arrival.delivery.get_absolute_url()))

    assert "It is behind a paywall" in page
    assert "paste its text" in page
    assert "Throw away" not in page


def test_a_pasted_text_that_is_not_added_is_not_asked_for_again(client: Client) -> None:
    arrival = make_arrival(state="refused", path="pasted text", reason="too little text")

    page = page_of(client.get(arrival.delivery.get_absolute_url()))

    assert ">Not added</h2>" in page
    assert "paste its text" not in page


@pytest.mark.parametrize("documents", [1, 3])
def test_what_keeps_itself_is_waited_for_until_it_is_kept(client: Client, documents: int) -> None:
    delivery = make_delivery(keeps_itself=True)
    for _ in range(documents):
        make_arrival(delivery)
    address = delivery.get_absolute_url()

    page = page_of(client.get(address))

    assert "hx-trigger" in page
    assert '<meta http-equiv="refresh"' in page
    assert "Keep" not in page.split("<main")[1]


def test_what_keeps_itself_and_has_not_been_kept_is_left_to_a_person(client: Client) -> None:
    delivery = make_delivery(keeps_itself=True)
    for _ in range(2):
        make_arrival(delivery)
    delivery.arrivals.update(changed_at=timezone.now() - timedelta(minutes=2))

    page = page_of(client.get(delivery.get_absolute_url()))

    assert "Keep all 2 that are read" in page
    assert "hx-trigger" not in page


def test_the_page_asks_again_until_all_is_settled(client: Client) -> None:
    delivery = make_delivery()
    first, second = make_arrival(delivery, "queued"), make_arrival(delivery, "reading")
    address = delivery.get_absolute_url()

    assert 'hx-trigger="every 1s"' in page_of(client.get(address))
    assert '<meta http-equiv="refresh"' in page_of(client.get(address))
    assert "0 of 2 documents done" in page_of(client.get(address))
    Arrival.objects.filter(pk=first.pk).update(state="refused", reason="it has no text")
    assert "1 of 2 documents done" in page_of(client.get(address))
    Arrival.objects.filter(pk=second.pk).update(state="refused", reason="it has no text")
    assert "hx-trigger" not in page_of(client.get(address))
    assert "http-equiv" not in page_of(client.get(address))


def test_htmx_is_given_the_list_alone(client: Client) -> None:
    address = make_arrival(state="queued").delivery.get_absolute_url()

    page = page_of(client.get(address, headers={"HX-Request": "true", "HX-Target": "arrivals"}))

    assert page.strip().startswith('<div id="arrivals"')
    assert "<html" not in page


def test_the_only_document_leads_to_what_was_read_of_it(client: Client) -> None:
    arrival = make_arrival()
    address = arrival.delivery.get_absolute_url()

    plain = client.get(address)
    asked = client.get(address, headers={"HX-Request": "true"})

    assert plain["Location"] == arrival.get_absolute_url()
    assert asked["HX-Redirect"] == arrival.get_absolute_url()


def test_the_only_document_that_is_an_article_leads_to_it(client: Client) -> None:
    arrival, article = make_arrival(state="kept"), make_article()
    Arrival.objects.update(article=article)

    response = client.get(arrival.delivery.get_absolute_url())

    assert response["Location"] == article.get_absolute_url()


def test_several_documents_are_listed_each_with_its_quotes(client: Client) -> None:
    delivery = make_delivery()
    arrival = make_arrival(delivery, title="Bridge to open")
    make_arrival(delivery, "refused", reason="it is not in English but in German (de)")

    page = page_of(client.get(delivery.get_absolute_url()))

    assert f'href="{arrival.get_absolute_url()}"' in page
    assert "Bridge to open" in page
    assert "3 quotes" in page
    assert "It is not in English but in German (de)" in page


@pytest.mark.parametrize(
    ("seconds", "state", "said"),
    [(60, "queued", True), (2, "queued", False), (60, "reading", False)],
)
def test_what_waits_in_vain_says_that_no_worker_runs_and_how_to_start_one(
    client: Client, seconds: int, state: str, said: bool
) -> None:
    arrival = make_arrival(state=state)
    Arrival.objects.update(changed_at=timezone.now() - timedelta(seconds=seconds))

    page = page_of(client.get(arrival.delivery.get_absolute_url()))

    assert ("no worker is running" in page) is said
    assert ("python manage.py work" in page) is said


def test_what_waits_for_a_worker_that_is_busy_says_that(client: Client) -> None:
    arrival = make_arrival(state="queued")
    Arrival.objects.update(changed_at=timezone.now() - timedelta(seconds=60))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")

    page = page_of(client.get(arrival.delivery.get_absolute_url()))

    assert "is busy with something else" in page
    assert "no worker is running" not in page


@pytest.mark.parametrize("documents", [2, 120])
def test_the_list_takes_the_same_queries_whatever_it_holds(
    client: Client, documents: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    delivery = make_delivery()
    article = make_article()
    for number in range(documents):
        arrival = make_arrival(delivery, "read" if number % 2 else "kept", quotes=[])
        Arrival.objects.filter(pk=arrival.pk, state="kept").update(article=article)

    # The delivery, whether it is being kept, states, how many, and one page of them.
    with django_assert_num_queries(5):
        client.get(delivery.get_absolute_url())


# What was read


@pytest.mark.usefixtures("local")
def test_what_was_read_is_shown_as_an_article_is(client: Client) -> None:
    make_actor("Ana Bell", "person")
    arrival = make_arrival()

    page = page_of(client.get(arrival.get_absolute_url()))

    assert '<h1 dir="auto">Mayor says the bridge is safe</h1>' in page
    assert "Nothing is stored" in page
    for words in ("Harbour Herald", "5 March 2024", "Ruth Okafor", "Politics", "3 quotes in this"):
        assert words in page
    assert '<a class="actor" href="/actors/ana-bell/" dir="auto">Ana Bell</a>' in page
    assert '<b class="actor" dir="auto">Omar Reza</b>' in page
    assert page.count(">unsure<") == 2  # in the margin and in the list
    assert "<bdi>Veldania</bdi>" in page
    assert "Unknown speaker" in page
    assert "1 of 2 passages in quotation marks has a speaker" in page
    assert 'href="#quote-1"' in page
    assert "/quotes/1/" not in page


@pytest.mark.usefixtures("local")
def test_the_page_of_what_was_read_takes_few_queries_whatever_it_holds(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = " ".join(f"Actor {at} said Other {at} is safe." for at in range(40))
    quotes = [
        make_found(
            text,
            f"Actor {at}",
            "said",
            f"Other {at} is safe",
            f"Actor {at}",
            kind="organization",
            about=((f"Other {at}", "organization"),),
        )
        for at in range(40)
    ]
    arrival = make_arrival(text=text, quotes=quotes)

    # The document, its article if there is one, how many there are beside it, and who is known.
    with django_assert_num_queries(5):
        page = page_of(client.get(arrival.get_absolute_url()))

    assert "40 quotes in this article" in page


@pytest.mark.usefixtures("local")
def test_the_terms_of_use_are_shown_as_on_the_page_of_an_article(client: Client) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"

    page = page_of(client.get(make_arrival(licence=licence).get_absolute_url()))

    assert f'Terms of use: <a href="{licence}"' in page
    assert "<bdi>CC BY 4.0</bdi>" in page
    assert f'name="licence" type="text" dir="auto" value="{licence}" maxlength="300"' in page


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    "field", ["title", "author", "section", "publisher", "language", "licence"]
)
def test_hostile_values_are_nothing_but_text(client: Client, field: str) -> None:
    values: dict[str, Any] = {field: EVIL}
    arrival = make_arrival(**values)

    page = client.get(arrival.get_absolute_url()).content.decode()

    assert "<img" not in page
    assert "&lt;img" in page


@pytest.mark.usefixtures("local")
def test_hostile_texts_names_and_reasons_are_nothing_but_text(client: Client) -> None:
    text = f"Evil {EVIL} said {EVIL} is safe. A sign: “{EVIL} as far as I know”."
    name = f"Evil {EVIL}"
    found = make_found(text, name, "said", f"{EVIL} is safe", name, about=((EVIL, "state"),))
    read = make_arrival(text=text, quotes=[found], url="javascript:alert(1)")
    refused = make_arrival(make_delivery(), "refused", reason=EVIL, path=EVIL)

    pages = [
        client.get(address).content.decode()
        for address in (read.get_absolute_url(), refused.delivery.get_absolute_url())
    ]

    for page in pages:
        assert "<img" not in page
        assert 'href="javascript:alert' not in page
    assert pages[0].count("&lt;img") > 6


@pytest.mark.usefixtures("local")
def test_what_is_handed_in_is_kept_out_of_caches_and_search_engines(client: Client) -> None:
    read, waiting = make_arrival(), make_arrival(state="queued")

    for address in (read.get_absolute_url(), waiting.delivery.get_absolute_url()):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex">' in page_of(response)


@pytest.mark.usefixtures("local")
def test_nobody_guesses_the_address_of_what_was_handed_in(client: Client) -> None:
    send(client, "link", url="https://news.example/a")
    delivery = Delivery.objects.get()
    mine, other = make_arrival(delivery), make_arrival()

    assert len(delivery.token) >= 32
    assert client.get(f"/add/{delivery.pk}/").status_code == 404
    assert client.get(f"{delivery.get_absolute_url()}{other.pk}/").status_code == 404
    assert client.get(f"{other.delivery.get_absolute_url()}{mine.pk}/").status_code == 404


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize("state", ["queued", "reading", "refused"])
def test_there_is_nothing_to_see_before_it_is_read(client: Client, state: str) -> None:
    arrival = make_arrival(state=state)

    response = client.get(arrival.get_absolute_url())

    assert response["Location"] == arrival.delivery.get_absolute_url()


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    ("url", "publisher", "told"),
    [
        ("https://www.bbc.co.uk/news/1", "", "BBC News"),
        ("", "Northern Wire", "Northern Wire"),
        ("", "", ""),
    ],
)
def test_the_outlet_is_told_that_the_article_would_have(
    client: Client, url: str, publisher: str, told: str
) -> None:
    arrival = make_arrival(url=url, publisher=publisher)

    above = page_of(client.get(arrival.get_absolute_url())).split('class="above">')[1]

    assert above.startswith(f"<bdi>{told}</bdi>" if told else "<time")


@pytest.mark.usefixtures("local")
def test_a_long_text_is_shown_in_parts(client: Client) -> None:
    line = "Veldania said the bridge number {} is safe in the morning, when the harbour lay still."
    text = "\n".join(line.format(number) for number in range(1000))
    found = make_found(
        text, "Veldania", "said", "the bridge number 999 is safe", "Veldania", kind="state"
    )
    cue = text.index("the bridge number 999") - len("said ")
    found["cue"], found["source"] = [[cue, cue + 4]], [[cue - 9, cue - 1]]
    address = make_arrival(text=text, quotes=[found]).get_absolute_url()

    first, second = page_of(client.get(address)), page_of(client.get(f"{address}?part=2"))

    assert "Part 1 of 2" in first
    assert "the bridge number 999" not in first
    assert "1 quote in this part" in second
    assert "This article has no part “9”." in page_of(client.get(f"{address}?part=9"))


@pytest.mark.parametrize("deliveries", [1, 8])
def test_the_page_to_add_takes_the_same_queries_whatever_was_handed_in(
    member: Client, deliveries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(deliveries):
        delivery = make_delivery(User.objects.get(username="Ruth"))
        for _ in range(3):
            make_arrival(delivery)
    member.get("/add/")

    with django_assert_num_queries(5):  # session, user, permissions twice, and deliveries
        member.get("/add/")


# Keeping


@pytest.mark.usefixtures("local")
def test_what_was_read_is_kept_as_it_was_corrected(client: Client) -> None:
    arrival = make_arrival()

    response = client.post(
        arrival.get_absolute_url(),
        {
            "title": "Bridge to open",
            "date": "2024-03-06",
            "author": "Omar Reza",
            "publisher": "Northern Wire",
            "section": "News",
            "url": "https://example.com/bridge",
            "licence": "© Northern Wire",
        },
    )

    article = Article.objects.get()
    assert response["Location"] == article.get_absolute_url()
    assert (article.title, str(article.published_on)) == ("Bridge to open", "2024-03-06")
    assert (article.author, article.section) == ("Omar Reza", "News")
    assert article.licence == "© Northern Wire"
    assert (article.url, article.outlet.name) == ("https://example.com/bridge", "Northern Wire")
    assert [str(quote.actor) for quote in Quote.objects.order_by("cue_start")] == [
        "Ana Bell",
        "Omar Reza",
        "None",
    ]
    assert client.get(arrival.get_absolute_url())["Location"] == article.get_absolute_url()


def test_a_curator_keeps_what_anybody_tried(member: Client) -> None:
    arrival = make_arrival()

    member.post(arrival.get_absolute_url(), {"title": "Bridge to open"})

    assert Article.objects.get().title == "Bridge to open"


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "An article needs a title."),
        ({"title": "Bridge", "date": "2999-01-01"}, ""),
        ({"title": "Bridge", "url": "javascript:alert(1)"}, "This is not the address"),
    ],
    ids=["no title", "a day to come", "no address"],
)
def test_what_cannot_be_kept_says_why_and_stores_nothing(
    client: Client, values: dict[str, str], said: str
) -> None:
    arrival = make_arrival()

    response = client.post(arrival.get_absolute_url(), values)

    assert response.status_code == 400
    assert 'class="error"' in page_of(response)
    assert said in page_of(response)
    assert "<details open>" in page_of(response)
    assert not Article.objects.exists()


@pytest.mark.usefixtures("local")
def test_an_address_that_is_in_already_is_told(client: Client) -> None:
    known = make_article(key="https://news.example/bridge", title="As it was")
    ArticleAddress.objects.create(article=known, address=canonicalize_address(known.key))
    arrival = make_arrival(url="https://www.news.example/bridge?utm_source=feed")

    page = page_of(client.get(arrival.get_absolute_url()))

    assert "is an article here already" in page
    assert f'href="{known.get_absolute_url()}"' in page


@pytest.mark.usefixtures("local")
def test_all_that_is_read_is_kept_at_once(client: Client) -> None:
    delivery = make_delivery()
    make_arrival(delivery, title="One")
    make_arrival(delivery, title="Two")
    make_arrival(delivery, "refused")

    response = client.post(f"{delivery.get_absolute_url()}keep/")

    assert response["Location"] == delivery.get_absolute_url()
    assert sorted(Article.objects.values_list("title", flat=True)) == ["One", "Two"]
    page = page_of(client.get(delivery.get_absolute_url()))
    assert "kept" in page
    assert "Keep" not in page.split("<main")[1]


@pytest.mark.usefixtures("local")
def test_however_many_are_read_all_are_kept_little_by_little_and_none_is_lost(
    client: Client,
) -> None:
    delivery = make_delivery()
    read = [make_arrival(delivery, title=f"Number {number}") for number in range(50)]
    for odd in (read[3], read[30]):
        Arrival.objects.filter(pk=odd.pk).update(document={**(odd.document or {}), "date": "9999"})
    address = delivery.get_absolute_url()
    assert "Keep all 50 that are read" in page_of(client.get(address))

    client.post(f"{address}keep/")
    page = page_of(client.get(address))

    assert Article.objects.count() == KEPT_TOGETHER - 1
    assert f"Keeping {50 - KEPT_TOGETHER + 1} more documents" in page
    assert 'hx-trigger="every 3s"' in page
    assert "Keep all" not in page

    make_arrival(delivery, title="Read after that")
    assert run_jobs() == 2
    page = page_of(client.get(address))

    assert Article.objects.count() == 48
    assert set(Arrival.objects.filter(state="read").values_list("pk", flat=True)) >= {
        read[3].pk,
        read[30].pk,
    }
    assert "2 documents could not be kept as they were read" in page
    assert "hx-trigger" not in page.split("<main")[1]
    assert "Keep all 3 that are read" in page
    assert "It could not be kept as it was read" in page_of(client.get(read[3].get_absolute_url()))


@pytest.mark.usefixtures("local")
def test_what_a_curator_has_kept_in_the_background_is_told_to_be_theirs(
    member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "KEPT_TOGETHER", 1)
    delivery = make_delivery()
    for number in range(3):
        make_arrival(delivery, title=f"Number {number}")

    member.post(f"{delivery.get_absolute_url()}keep/")
    run_jobs()

    events = Article.pgh_event_model.objects  # type: ignore[attr-defined]
    who = set(events.values_list("pgh_context__metadata__user", flat=True))
    assert who == {User.objects.get().pk}
    assert Article.objects.count() == 3


@pytest.mark.usefixtures("local")
def test_a_delivery_that_is_being_kept_says_where_no_worker_goes_on_with_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "KEPT_TOGETHER", 1)
    delivery = make_delivery()
    for _ in range(3):
        make_arrival(delivery)
    client.post(f"{delivery.get_absolute_url()}keep/")
    Arrival.objects.update(changed_at=timezone.now() - timedelta(seconds=60))

    page = page_of(client.get(delivery.get_absolute_url()))

    assert "no worker is running" in page


@pytest.mark.usefixtures("local")
def test_a_document_that_meets_another_writer_is_kept_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = make_delivery()
    for _ in range(2):
        make_arrival(delivery)
    keep = keeping.keep_arrival
    met: list[Arrival] = []

    def meet_another_writer(arrival: Arrival, *values: Any) -> Article:
        met.append(arrival)
        if len(met) > 1:
            return keep(arrival, *values)
        conflict = DatabaseError()
        conflict.__cause__ = type("Deadlock", (Exception,), {"sqlstate": "40P01"})()
        raise Refused("the database refused it") from conflict

    monkeypatch.setattr(keeping, "keep_arrival", meet_another_writer)

    client.post(f"{delivery.get_absolute_url()}keep/")

    assert len(met) == 3
    assert Article.objects.count() == 2


@pytest.mark.usefixtures("public")
def test_all_is_kept_by_those_alone_who_may_add(client: Client) -> None:
    arrival = make_arrival()

    assert client.post(f"{arrival.delivery.get_absolute_url()}keep/").status_code == 403
    assert not Article.objects.exists()


# Throwing away


def discard(client: Client, arrival: Arrival) -> Any:
    return client.post(f"{arrival.delivery.get_absolute_url()}discard/", follow=True)


@pytest.mark.usefixtures("public")
def test_who_tried_a_text_throws_it_away(client: Client) -> None:
    send(client, "text", text=TEXT)
    arrival = make_arrival(Delivery.objects.get())

    colleague = Client()
    assert "Throw it away" not in page_of(colleague.get(arrival.get_absolute_url()))
    assert discard(colleague, arrival).status_code == 403
    assert "Throw it away" in page_of(client.get(arrival.get_absolute_url()))
    page = page_of(discard(client, arrival))

    assert "Nothing of it is stored." in page
    assert not Arrival.objects.exists()
    assert client.get(arrival.get_absolute_url()).status_code == 404
    assert client.get(arrival.delivery.get_absolute_url()).status_code == 404


@pytest.mark.usefixtures("public")
def test_what_was_thrown_away_counts_as_tried(client: Client) -> None:
    for number in range(MOST_TRIES_AN_HOUR):
        send(client, "text", text=f"{TEXT} {number}")
        newest = Delivery.objects.latest("pk")
        client.post(f"{newest.get_absolute_url()}discard/")

    assert send(client, "text", text=TEXT).status_code == 429


@pytest.mark.usefixtures("public")
def test_a_tried_text_leads_to_no_address(client: Client) -> None:
    send(client, "text", text="https://inner.example/a\nhttps://inner.example/b\n")
    arrival = Arrival.objects.get()
    open_arrival(arrival)

    assert set(Arrival.objects.values_list("state", "address")) == {("refused", "")}


@pytest.mark.usefixtures("public")
def test_nobody_throws_away_what_is_another_s(client: Client, staff: Callable[..., Client]) -> None:
    owner = User.objects.create_user("Owner")
    arrivals = [make_arrival(make_delivery(sender="another")), make_arrival(make_delivery(owner))]

    for browser in (client, staff("view_article")):
        for arrival in arrivals:
            assert "Throw it away" not in page_of(browser.get(arrival.get_absolute_url()))
            assert discard(browser, arrival).status_code == 403
    assert Arrival.objects.count() == 2


@pytest.mark.usefixtures("local")
def test_what_keeps_itself_is_not_thrown_away(client: Client) -> None:
    arrival = make_arrival(make_delivery(keeps_itself=True), "refused")

    assert discard(client, arrival).status_code == 403


# Ways to it


@pytest.mark.parametrize("address", ["/", "/overview/", "/articles/", "/claims/", "/actors/"])
def test_every_page_leads_to_it_and_the_empty_ones_say_so(client: Client, address: str) -> None:
    page = page_of(client.get(address))

    assert '<a href="/add/">Add</a>' in page
    assert '<a href="/add/">Add an article</a>' in page
