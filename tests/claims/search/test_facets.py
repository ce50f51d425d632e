from collections.abc import Iterable

import pytest

from claims.search.facets import FACET_VALUES_SHOWN, Facet, FacetLabels, UnfoldedFacet
from claims.search.parameters import FILTER_PARAMETERS
from tests.claims.query_strings import list_facets_of, read_filters
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


def shown(found: Iterable[Facet], name: str) -> dict[str, int]:
    (only,) = (each for each in found if each.parameter == name)
    return {value.value: value.count for value in only.values}


@pytest.mark.usefixtures("varied")
def test_facets_count_what_readers_see() -> None:
    counted = list_facets_of(read_filters(""))

    assert [each.parameter for each in counted] == [
        "actor",
        "speaker",
        "about",
        "act",
        "kind",
        "stance",
        "outlet",
        "status",
    ]
    assert shown(counted, "actor") == {"ana-bell": 2, "veldania": 2, "omar-reza": 1, "unknown": 1}
    assert shown(counted, "speaker") == {"named": 5, "unknown": 1}
    assert shown(counted, "act") == {"say": 2, "deny": 1, "predict": 1, "promise": 1, "question": 1}
    assert shown(counted, "kind") == {"indirect": 4, "direct": 1, "mixed": 1}
    assert shown(counted, "outlet") == {"harbour-herald": 3, "northern-wire": 2, "evening-post": 1}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "actor=veldania",
        "actor=veldania&actor=omar-reza",
        "act=deny",
        "act=deny&act=say&kind=indirect",
        "kind=direct",
        "stance=asserts&stance=questions",
        "outlet=northern-wire",
        "outlet=northern-wire&actor=ana-bell",
        "about=veldania",
        "speaker=unknown",
        "speaker=named&speaker=unnamed&kind=direct",
        "since=2024-03-02&until=2024-03-06",
        "q=bridge",
        "q=bridge&order=oldest&act=question",
        "status=rejected",
        "status=rejected&status=accepted&actor=ana-bell",
        "act=confirm",
        "q=tunnel",
    ],
)
@pytest.mark.usefixtures("varied")
def test_each_count_is_the_number_of_quotes_that_its_link_leads_to(query: str) -> None:
    filters = read_filters(query)

    for each in list_facets_of(filters):
        name, chosen = each.parameter, getattr(filters, each.parameter)
        for value in each.values:
            followed, alone = read_filters(value.query), filters.replace_value(name, (value.value,))
            assert followed.problems == (), value
            assert value.selected is (value.value in chosen)
            assert (value.value in getattr(followed, name)) is not value.selected, value
            assert value.count == alone.quotes().count(), (name, value)
            if not chosen:
                assert value.count == followed.quotes().count(), (name, value)


@pytest.mark.usefixtures("varied")
def test_a_link_of_a_facet_keeps_everything_else() -> None:
    filters = read_filters("actor=veldania&act=deny&since=2024-03-01&q=ferry&order=oldest")

    for each in list_facets_of(filters):
        for value in each.values:
            followed = read_filters(value.query)
            for name in (name for name in FILTER_PARAMETERS if name != each.parameter):
                assert getattr(followed, name) == getattr(filters, name)


@pytest.mark.usefixtures("varied")
def test_a_facet_shows_what_else_could_be_chosen_beside_its_own_selection() -> None:
    counted = list_facets_of(read_filters("actor=veldania"))

    assert shown(counted, "actor") == {"ana-bell": 2, "veldania": 2, "omar-reza": 1, "unknown": 1}
    assert shown(counted, "act") == {"deny": 1, "say": 1}


@pytest.mark.usefixtures("varied")
def test_a_value_that_is_chosen_is_shown_even_when_nothing_fits_it() -> None:
    (act,) = (
        each
        for each in list_facets_of(read_filters("act=no_comment&actor=veldania"))
        if each.parameter == "act"
    )

    (value,) = (value for value in act.values if value.selected)
    assert (value.value, value.label, value.count, value.query) == (
        "no_comment",
        "no comment",
        0,
        "actor=veldania",
    )


def test_a_facet_shows_its_most_frequent_values_and_how_many_more_there_are() -> None:
    for number in range(FACET_VALUES_SHOWN + 3):
        make_quote(actor=f"Speaker {number:02}")
    make_quote(actor="Speaker 10")

    actor, *_ = list_facets_of(read_filters("actor=speaker-09"))

    assert actor.values[0].value == "speaker-10"
    assert [value.value for value in actor.values if value.selected] == ["speaker-09"]
    assert (len(actor.values), actor.more) == (FACET_VALUES_SHOWN + 1, 2)


def test_a_facet_that_is_asked_for_in_full_shows_all_its_values_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(FACET_VALUES_SHOWN + 3):
        make_quote(actor=f"Speaker {number:02}")

    short, *_ = list_facets_of(read_filters("act=say"))
    full, *_ = list_facets_of(read_filters("act=say"), unfolded=UnfoldedFacet("actor"))
    monkeypatch.setattr("claims.search.facets.MOST_FACET_VALUES_SHOWN", FACET_VALUES_SHOWN + 1)
    bounded, *_ = list_facets_of(read_filters("act=say"), unfolded=UnfoldedFacet("actor"))

    assert (len(short.values), short.more, short.rest) == (
        FACET_VALUES_SHOWN,
        3,
        "act=say&more=actor",
    )
    assert (len(full.values), full.more, full.rest) == (FACET_VALUES_SHOWN + 3, 0, "")
    assert (len(bounded.values), bounded.more, bounded.rest) == (FACET_VALUES_SHOWN + 1, 2, "")


@pytest.mark.usefixtures("varied")
def test_a_page_of_one_actor_does_not_ask_whether_its_speaker_has_a_name() -> None:
    offered = {
        each.parameter for each in list_facets_of(read_filters("actor=veldania"), fixed="actor")
    }

    assert offered == {"about", "act", "kind", "stance", "outlet", "status"}


@pytest.mark.usefixtures("varied")
def test_the_rejected_are_counted_when_they_are_asked_for() -> None:
    assert shown(list_facets_of(read_filters("")), "status") == {
        "unreviewed": 4,
        "accepted": 1,
        "corrected": 1,
    }
    assert shown(list_facets_of(read_filters("status=rejected")), "status")["rejected"] == 1


@pytest.mark.usefixtures("varied")
def test_labels_of_facets_are_names_and_words() -> None:
    make_quote(actor="no_comment Ltd", act="no_comment")

    labels = {
        (each.parameter, value.value): value.label
        for each in list_facets_of(read_filters(""))
        for value in each.values
    }

    assert labels["actor", "ana-bell"] == "Ana Bell"
    assert labels["outlet", "northern-wire"] == "Northern Wire"
    assert labels["act", "no_comment"] == "no comment"
    assert labels["actor", "no_comment-ltd"] == "no_comment Ltd"


def test_a_value_that_is_gone_meanwhile_leaves_the_others_their_own_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for actor in ("Ana Bell", "Ana Bell", "Ana Bell", "Omar Reza", "Omar Reza", "Veldania"):
        make_quote(actor=actor)
    known = FacetLabels.__init__

    def without_ana(labels: FacetLabels, numbers: dict[str, list[int]]) -> None:
        known(labels, numbers)
        labels.actors = {
            pk: actor for pk, actor in labels.actors.items() if actor.name != "Ana Bell"
        }

    monkeypatch.setattr(FacetLabels, "__init__", without_ana)
    (who,) = [facet for facet in list_facets_of(read_filters("")) if facet.parameter == "actor"]

    assert [(value.label, value.count) for value in who.values] == [
        ("Omar Reza", 2),
        ("Veldania", 1),
    ]
