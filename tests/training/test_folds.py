"""Articles in folds: an encoder that has learned from some reads the others."""

from typing import Any

from training.data import leave_publisher_out
from training.folds import divide_into_folds


def list_articles() -> list[dict[str, Any]]:
    outlets = ["Kent Post"] * 5 + ["Ohio News"] * 3 + ["Wire"] * 2 + [None] * 4
    return [
        {"id": f"a{number}", "publisher": outlet, "text": "Rain. " * 40, "attributions": []}
        for number, outlet in enumerate(outlets)
    ]


def test_all_articles_of_an_outlet_are_in_one_fold_and_folds_are_of_about_one_size() -> None:
    articles = list_articles()

    folds = divide_into_folds(articles, 2, seed=1)

    assert sorted(one["id"] for fold in folds for one in fold) == sorted(a["id"] for a in articles)
    outlets = [{one["publisher"] for one in fold if one["publisher"]} for fold in folds]
    assert outlets[0].isdisjoint(outlets[1])
    assert [len(fold) for fold in folds] == [7, 7]


def test_articles_of_unknown_publishers_are_read_unless_a_publisher_is_to_be_left_out() -> None:
    articles = list_articles()

    assert len(leave_publisher_out(articles, None)) == 14
    assert len(leave_publisher_out(articles, "Kent Post")) == 9
