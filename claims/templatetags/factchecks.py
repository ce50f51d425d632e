"""What others found of a claim, as a part of its page."""

from typing import Any

from django import template

from claims.models import Claim
from claims.pages.factchecks import list_factchecks_of_claim

register = template.Library()

JUDGE_PERMISSION = "claims.change_factcheckmatch"


@register.inclusion_tag("_factchecks.html", takes_context=True)
def factchecks(context: template.Context, claim: Claim) -> dict[str, Any]:
    """Show the fact-checks that are about a claim; a curator says of each whether that is right."""
    request = context["request"]
    if not getattr(claim, "has_factchecks", True):
        return {}
    may_judge = request.user.has_perm(JUDGE_PERMISSION)
    return {
        "matches": list_factchecks_of_claim(claim, for_curator=may_judge),
        "may_judge": may_judge,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
