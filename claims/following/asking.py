"""Somebody asks to follow something by e-mail: within limits, and without learning who else does.

The answer is the same whether an address is known or not, and whether a mail goes to it or not.
"""

from email.errors import MessageError

from django import forms
from django.conf import settings
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from claims.desk.sending import compute_sender, has_reached_limit
from claims.following.followed import Followed
from claims.following.links import find_site_of
from claims.following.queueing import queue_confirmation
from claims.models import Follower, FollowRequest, Pace, SavedSearch, Trigger
from claims.models.followers import LONGEST_EMAIL

NO_ADDRESS_MESSAGE = "This is not an e-mail address."
ENCODED_WORD = "=?"  # begins what a mail program reads as other letters than those that stand there
MOST_REQUESTS_AN_HOUR = 10  # of one sender
MOST_MAILS_A_DAY = 5  # to one address, that ask to confirm
MOST_SEARCHES = 50  # of one address
TOO_MANY_REQUESTS_MESSAGE = (
    f"You have asked to follow {MOST_REQUESTS_AN_HOUR} searches within an hour, which is as many as"
    " one can. Please send this one later."
)


class EmailForm(forms.Form):
    """By which address, and how.

    `website` is a trap: nobody who looks at the page sees it, so what is in it a program wrote.
    """

    email = forms.CharField(
        label="Your e-mail address",
        max_length=LONGEST_EMAIL,
        validators=[validate_email],
        error_messages={
            "required": "Give your e-mail address.",
            "invalid": NO_ADDRESS_MESSAGE,
        },
    )
    trigger = forms.ChoiceField(label="Tell me when", choices=Trigger.choices)
    pace = forms.ChoiceField(label="How often", choices=Pace.choices)
    website = forms.CharField(required=False)

    def clean_email(self) -> str:
        """Return the address as it is written to; names of hosts have no capitals."""
        name, _, host = str(self.cleaned_data["email"]).rpartition("@")
        email = f"{name}@{host.lower()}"
        if not can_be_written_to(email):
            raise forms.ValidationError(NO_ADDRESS_MESSAGE)
        return email


def can_be_written_to(email: str) -> bool:
    """Return whether a mail to an address can be made, and goes to the address as it stands there."""
    if not email.isprintable() or email.startswith(ENCODED_WORD):
        return False
    try:
        sanitize_address(email, settings.DEFAULT_CHARSET)
    except (ValueError, MessageError):
        return False
    return True


def has_asked_too_often(request: HttpRequest) -> bool:
    asked = FollowRequest.objects.sent_lately(compute_sender(request))
    return has_reached_limit(asked, MOST_REQUESTS_AN_HOUR)


def ask_to_follow(form: EmailForm, followed: Followed, request: HttpRequest) -> None:
    """Store what somebody asks to follow, and have them asked by mail whether they do.

    What a program sent, and what is too much for one address, is dropped without a word. Whoever
    follows it already is sent its links again. What is stored is asked by mail, for which it waits
    while `mailed_at` is empty.
    """
    values = form.cleaned_data
    FollowRequest.objects.create(sender=compute_sender(request))
    if values["website"]:
        return
    with transaction.atomic():
        email = find_known_spelling(values["email"])
        follower, _ = Follower.objects.get_or_create(email=email)
        follower = Follower.objects.select_for_update().get(pk=follower.pk)
        searches = SavedSearch.objects.filter(follower=follower)
        same = searches.filter(trigger=values["trigger"], query=followed.query).first()
        if same is None and searches.count() >= MOST_SEARCHES:
            return
        if follower.count_question() > MOST_MAILS_A_DAY:
            return
        if same is None:
            same = SavedSearch.objects.create(
                follower=follower,
                trigger=values["trigger"],
                pace=values["pace"],
                query=followed.query,
                described=followed.described,
                site=find_site_of(request),
            )
        elif same.is_confirmed:
            same.note(mailed_at=None)
        else:
            site = find_site_of(request)
            same.note(pace=values["pace"], site=site, asked_at=timezone.now(), mailed_at=None)
        queue_confirmation(same)


def find_known_spelling(email: str) -> str:
    """Return the address as it is stored already: capitals make no other of it."""
    known = Follower.objects.filter(email__iexact=email).values_list("email", flat=True).first()
    return known or email
