"""The form by which a feed is added, and what is asked of the list of what it has brought."""

from django import forms

from claims.models import ArrivalState
from claims.search.listing import ListForm
from newsroom.web_addresses import LONGEST_ADDRESS

SHORTEST_PAUSE = 1  # minutes between two looks at a feed
LONGEST_PAUSE = 10_080
USUAL_PAUSE = 15


class FeedForm(forms.Form):
    """The address of a feed, or a folder of the server, that is to be looked at again and again."""

    source = forms.CharField(
        label="Address or folder",
        max_length=LONGEST_ADDRESS,
        error_messages={"required": "Give the address of a feed."},
    )
    minutes = forms.IntegerField(
        label="Minutes between two looks",
        min_value=SHORTEST_PAUSE,
        max_value=LONGEST_PAUSE,
        required=False,
        error_messages={
            "invalid": "Give a number of minutes.",
            "min_value": "A feed is checked once a minute at most.",
            "max_value": "A feed is checked once a week at least.",
        },
    )

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or USUAL_PAUSE


class ArrivalListForm(ListForm):
    """What is asked of a list of documents: in which state they are."""

    q = None  # type: ignore[assignment]  # they are not searched
    state = forms.ChoiceField(required=False, choices=ArrivalState.choices)
