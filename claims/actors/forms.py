"""By what a name in an article is looked up among the actors."""

from claims.extraction.schema import Speaker
from claims.models.names import build_name_key

LONGEST_ACTOR_NAME = 300  # characters

# A kind, a name or its key, and the article where the name is known only there.
ActorForm = tuple[str, str, int | None]


def build_form_known_anywhere(speaker: Speaker) -> ActorForm:
    return speaker.kind, speaker.name[:LONGEST_ACTOR_NAME], None


def build_form(speaker: Speaker, article: int) -> ActorForm:
    scope = None if speaker.alone else article
    return speaker.kind, speaker.name[:LONGEST_ACTOR_NAME], scope


def build_form_key(form: ActorForm) -> ActorForm:
    kind, name, scope = form
    return kind, build_name_key(name) or name, scope
