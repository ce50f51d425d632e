"""Which quote a denial or an answer is about."""

from claims.relating import Utterance, find_targets
from tests.claims.relating.quotes import make_article


def find_best(quotes: list[Utterance], reply: int) -> int:
    others = [quote for place, quote in enumerate(quotes) if place != reply]
    place, _ = find_targets(quotes[reply], others)[0]
    return quotes.index(others[place])


def test_a_denial_is_about_the_accusation_of_who_denies() -> None:
    quotes = make_article(
        "Ada Ross | said | the harbour will reopen in May",
        "The Herald | reported | that Leo Brandt took money from a builder",
        "Mia Holm | said | the cranes are old",
        "Leo Brandt | denied | the allegation",
    )

    assert find_best(quotes, 3) == 1


def test_a_refusal_to_comment_on_a_claim_is_about_the_one_right_before() -> None:
    quotes = make_article(
        "Sudland | said | Norland plans to seize the harbour",
        "Norland | said | Sudland has sent 125,000 soldiers to the border",
        "Sudland | declined | to comment on the claim",
    )

    assert find_best(quotes, 2) == 1


def test_any_such_intention_is_what_somebody_was_said_to_plan() -> None:
    quotes = make_article(
        "Sudland | said | it had counted 94,000 soldiers at the border",
        "Ben Cole | said | Norland could be planning an attack in January",
        "Norland | has denied | any such intention",
    )

    assert find_best(quotes, 2) == 1


def test_nobody_answers_himself() -> None:
    quotes = make_article(
        "Leo Brandt | said | the harbour will reopen in May",
        "Leo Brandt | denied | that the harbour was his",
    )

    assert find_targets(quotes[1], quotes[:1]) == []


def test_whose_claim_is_named_is_the_one_that_is_meant() -> None:
    quotes = make_article(
        "Ada Ross | said | the harbour took money from a builder",
        "Mia Holm | said | the harbour sold its cranes abroad",
        "The harbour office | could not confirm | the claim of Ada Ross",
    )

    assert find_best(quotes, 2) == 0


def test_whose_critics_speak_is_not_who_speaks() -> None:
    quotes = make_article(
        "Leo Brandt's critics | say | he called the visit off because of protests",
        "Leo Brandt | denied | that he called the visit off because of protests",
    )

    assert [place for place, _ in find_targets(quotes[1], quotes[:1])] == [0]


def test_the_claim_and_no_more_is_the_one_just_told() -> None:
    quotes = make_article(
        "Mia Holm | said | Sudland plans to seize the harbour of Norland with its fleet",
        "Ada Ross | warned | Sudland of a long winter without coal or ships",
        "The office of Norland | said | Sudland has itself sent 125,000 soldiers to the border",
        "Sudland | declined | to comment on the claim",
        "Sudland | declined to comment on | the claim",
    )

    assert find_best(quotes[:3] + quotes[4:], 3) == 2
