"""Which offices articles give those whom they name, and what an actor's page tells of them."""

from datetime import date

import pytest
from django.test import Client

from claims.actors.joining import join_all_waiting_names
from claims.actors.likeness import split_person_name
from claims.actors.named_people import NamedPerson, OfficeHeld
from claims.actors.offices import OfficeTold, find_offices
from claims.actors.offices_held import hold_office_elsewhere, hold_same_office
from claims.extraction.schema import Attribution, Span, Speaker
from claims.intake.readers import Document
from claims.intake.storing_articles import ReadDocument, store_documents
from claims.models import Actor, Article, Office, Quote

NAME = "Ana Bell"
CASES = [
    pytest.param("President Ana Bell said so.", [("president", "")], id="before the name"),
    pytest.param("Iranian President Ana Bell said so.", [("president", "Iran")], id="a people"),
    pytest.param("Iran's president, Ana Bell, said so.", [("president", "Iran")], id="a state"),
    pytest.param(
        "Ana Bell, president of Veldania, said so.", [("president", "Veldania")], id="after"
    ),
    pytest.param(
        "Sen. Ana Bell of New Orlen said so.", [("senator", "New Orlen")], id="place after"
    ),
    pytest.param(
        "ambassador to Qatar Ana Bell said so.", [("ambassador", "Qatar")], id="place first"
    ),
    pytest.param(
        "Defence Minister Dr Ana Bell said so.", [("defense minister", "")], id="a spelling"
    ),
    pytest.param(
        "President Ana Bell of Iran and president Ana Bell", [("president", "Iran")], id="once"
    ),
    pytest.param("former President Ana Bell said so.", [], id="no longer"),
    pytest.param("Deputy Foreign Minister Ana Bell said so.", [], id="a deputy"),
    pytest.param("Running for president, Ana Bell, said so.", [], id="not yet"),
    pytest.param("The president's aide Ana Bell said so.", [], id="an aide"),
    pytest.param("President Omar Reza told Ana Bell so.", [], id="somebody else"),
]


@pytest.mark.parametrize(("text", "offices"), CASES)
def test_an_article_tells_the_office_of_whom_it_names(
    text: str, offices: list[tuple[str, str]]
) -> None:
    found = find_offices(NAME, text, (NAME,))

    assert found == [OfficeTold(title, place) for title, place in offices]


def build_holder(number: int, *offices: OfficeHeld) -> NamedPerson:
    key = f"person{number} bell"
    return NamedPerson(number, key, split_person_name(key), offices=frozenset(offices))


def test_two_hold_one_office_only_in_one_place_and_within_a_year() -> None:
    here = build_holder(1, OfficeHeld("president", "Veldania", date(2016, 3, 1)))
    placeless = build_holder(2, OfficeHeld("president", "", date(2016, 9, 1)))
    elsewhere = build_holder(3, OfficeHeld("president", "Orlen", date(2016, 3, 1)))
    later = build_holder(4, OfficeHeld("president", "Veldania", date(2019, 3, 1)))

    same = [hold_same_office(here, other) for other in (placeless, elsewhere, later)]

    assert same == [True, False, False]
    assert hold_office_elsewhere(here.offices, elsewhere.offices)
    assert not hold_office_elsewhere(here.offices, placeless.offices)


def store(number: int, words: str, name: str, *, outlet: str, day: date | None) -> None:
    text = f"{words} said it was number {number} of the day."
    start = text.index(" said ") + 1
    speaker = Speaker(name, "person", 0.9, "name", alone=" " in name, mention=name)
    content = Span(start + 5, len(text) - 1)
    found = Attribution(
        Span(0, start - 1), Span(start, start + 4), (content,), "indirect", "say", 0.9, speaker
    )
    url = f"https://{outlet}.example/{number}"
    document = Document(
        key=url, url=url, title=words, text=text, published_on=day, where=url, publisher=outlet
    )
    store_documents([ReadDocument(document, [found])], "test")


@pytest.mark.django_db
def test_an_actors_page_tells_its_offices_with_years_and_outlets(client: Client) -> None:
    store(1, "President Ana Bell of Veldania", NAME, outlet="herald", day=date(2016, 3, 1))
    store(2, "President Ana Bell", NAME, outlet="courier", day=date(2018, 3, 1))
    store(3, "Ana Bell, the mayor of Orlen,", NAME, outlet="courier", day=None)

    shown = client.get(Actor.objects.get(name=NAME).get_absolute_url()).content.decode()

    assert "President of Veldania, 2016–2018, as told by 2 outlets" in shown
    assert "Mayor of Orlen, as told by 1 outlet<" in shown


@pytest.mark.django_db
def test_an_office_told_of_a_bare_name_goes_with_whom_it_is_taken_for(client: Client) -> None:
    store(1, "Ana Bell", NAME, outlet="herald", day=date(2016, 3, 1))
    store(2, "President Bell", "Bell", outlet="courier", day=date(2016, 3, 2))
    actor = Actor.objects.get(name=NAME)
    Quote.objects.filter(actor__name="Bell").update(actor=actor)

    shown = client.get(actor.get_absolute_url()).content.decode()

    assert "President, 2016" not in shown  # "Bell" is none of its names yet
    actor.names.create(name="Bell")
    shown = client.get(actor.get_absolute_url()).content.decode()
    assert "President, 2016, as told by 1 outlet" in shown


@pytest.mark.django_db
def test_a_rejected_quote_tells_no_office_and_an_article_takes_its_offices_along(
    client: Client,
) -> None:
    store(1, "President Ana Bell", NAME, outlet="herald", day=date(2016, 3, 1))
    store(2, "Ana Bell", NAME, outlet="courier", day=date(2016, 3, 2))
    actor = Actor.objects.get(name=NAME)
    Quote.objects.filter(article__url__contains="herald").update(status="rejected")

    shown = client.get(actor.get_absolute_url()).content.decode()

    assert "Offices:" not in shown
    Article.objects.filter(url__contains="herald").delete()
    assert not Office.objects.exists()


@pytest.mark.django_db
def test_an_office_that_a_corrected_article_tells_no_more_goes() -> None:
    store(1, "President Ana Bell", NAME, outlet="herald", day=date(2016, 3, 1))
    store(2, "President Ana Bell", NAME, outlet="courier", day=date(2016, 3, 2))

    store(1, "Former President Ana Bell", NAME, outlet="herald", day=date(2016, 3, 1))

    assert [office.article.url for office in Office.objects.all()] == ["https://courier.example/2"]


@pytest.mark.django_db
def test_an_office_stays_with_a_quote_that_a_person_decided_on() -> None:
    store(1, "President Ana Bell", NAME, outlet="herald", day=date(2016, 3, 1))
    Quote.objects.update(status="accepted")

    store(1, "President Ana Bell", NAME, outlet="herald", day=date(2016, 3, 2))

    assert Article.objects.get().published_on == date(2016, 3, 2)
    assert Office.objects.get().title == "president"


@pytest.mark.django_db
def test_a_shorter_name_is_the_actor_that_holds_the_same_office() -> None:
    store(1, "Sen. Geoffrey Marn of Orlen", "Geoffrey Marn", outlet="herald", day=date(2016, 3, 1))
    store(2, "Sen. Geoff Marn of Orlen", "Geoff Marn", outlet="courier", day=date(2016, 9, 1))
    store(3, "Sen. Geoff Tarn of Orlen", "Geoff Tarn", outlet="herald", day=date(2016, 3, 1))
    store(
        4, "Sen. Geoffrey Tarn of Hodder", "Geoffrey Tarn", outlet="courier", day=date(2016, 9, 1)
    )

    for _ in join_all_waiting_names():
        pass

    speakers = set(Quote.objects.values_list("actor__name", flat=True))
    assert len(speakers & {"Geoff Marn", "Geoffrey Marn"}) == 1
    assert {"Geoff Tarn", "Geoffrey Tarn"} <= speakers
