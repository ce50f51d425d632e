"""Samples for tests: quotes to draw from, people to judge them, and what they say."""

from typing import Any

from django.contrib.auth.models import User

from claims.models import Sample, SampleItem, SampleJudgement
from claims.trust import judging
from claims.trust.figures import close_sample
from claims.trust.sampling import draw_sample
from tests.factories import make_article, make_quote

RIGHT_ANSWERS = {"is_quote": "yes", "limits": "yes", "speaker": "yes", "act": "yes"}
NO_QUOTE_ANSWERS = {"is_quote": "no", "limits": "", "speaker": "", "act": ""}


def make_quotes(number: int, *, outlet: str = "Harbour Herald", **values: Any) -> None:
    """Quotes of one outlet, each in an article of its own."""
    for at in range(number):
        actor = values.get("actor", "Ana Bell")
        article = make_article(
            f"At noon {actor or 'one engineer'} said pier {at} is safe.", outlet=outlet
        )
        make_quote(
            **{
                "source": actor or "one engineer",
                **values,
                "actor": actor,
                "article": article,
                "content": f"pier {at} is safe",
            }
        )


def make_sample(
    size: int = 10, *, name: str = "spring", double: float = 0.0, seed: int = 5
) -> Sample:
    return draw_sample(name, size, double=double, seed=seed)


def judge_all(sample: Sample, answers: dict[str, str] | None = None, *, wrong: int = 0) -> None:
    """One judge says of all items that they are right, but of the first few that they are no quotes."""
    judge, _ = User.objects.get_or_create(username="Judy")
    for at, item in enumerate(sample.items.all()):
        judging.judge_item(
            item, judge, NO_QUOTE_ANSWERS if at < wrong else answers or RIGHT_ANSWERS
        )


def make_closed_sample(size: int = 10, *, wrong: int = 0, name: str = "spring") -> Sample:
    sample = make_sample(size, name=name)
    judge_all(sample, wrong=wrong)
    return close_sample(sample, None)


def make_judgement(item: SampleItem, name: str, **answers: str) -> SampleJudgement:
    """What a judge of this name says: all is right, but for these answers."""
    judge, _ = User.objects.get_or_create(username=name)
    return judging.judge_item(item, judge, {**RIGHT_ANSWERS, **answers})
