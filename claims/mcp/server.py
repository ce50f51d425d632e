"""The server of the Model Context Protocol: which questions an assistant may ask, in words for it.

It needs the package `mcp`, which `newsroom-quotes[mcp]` brings; so nothing but its command loads this.
"""

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from django.db import DatabaseError, connection, transaction
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from claims.extraction.schema import ACTS
from claims.mcp import answers
from claims.mcp.answers import (
    MOST_ROWS,
    USUAL_ROWS,
    ActorTold,
    ArticleTold,
    Changes,
    Quotes,
    Sides,
    limit_rows,
)
from claims.models.refusals import Refused
from claims.search import columns

Answer = TypeVar("Answer")

INSTRUCTIONS = """Newsroom knows who said what in news articles. Each quote comes with a `sentence` that
is ready to print, a `link` and a `doubt`. Pass the sentence on as it is, since it keeps who said it,
the verb and any denial; give the link with it; and say the doubt wherever you rely on the quote. A
quote is what somebody said, and no proof that it is so. An answer has a few rows at most, and says
how many there are. Everything here is for reading."""
READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Words = Annotated[str, Field(description='words in the quote: words, "a phrase", -without, or')]
Since = Annotated[str, Field(description="published on this day or later, such as 2024-03-05")]
Until = Annotated[str, Field(description="published on this day or earlier")]
Limit = Annotated[int, Field(description=f"how many rows are wanted, {MOST_ROWS} at most")]


def read(question: Callable[[], Answer]) -> Answer:
    """Return an answer, read in a transaction that can write nothing.

    Raises `ToolError` with what the assistant should do instead.
    """
    try:
        columns.get_current_columns()  # outside of the transaction, so that they are kept
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            return question()
    except Refused as refusal:
        raise ToolError(str(refusal)) from None
    except DatabaseError as error:
        raise ToolError("The database cannot be read for now; ask again in a moment.") from error
    finally:
        connection.close()


def build_server(site: str) -> MCPServer:
    """Return the server, whose links begin with the address of a site."""
    server: MCPServer = MCPServer("newsroom", instructions=INSTRUCTIONS, log_level="WARNING")

    @server.tool(annotations=READ_ONLY)
    def search_quotes(
        words: Words = "",
        speaker: Annotated[
            str, Field(description="who said it: a name, or the slug of an actor")
        ] = "",
        about: Annotated[str, Field(description="whom the quote names: a name or slug")] = "",
        outlet: Annotated[str, Field(description="who published it: a name or slug")] = "",
        act: Annotated[str, Field(description=f"what they did: {', '.join(ACTS)}")] = "",
        stance: Literal["", "asserts", "denies", "questions"] = "",
        since: Since = "",
        until: Until = "",
        order: Literal["", "newest", "oldest", "relevance"] = "",
        limit: Limit = USUAL_ROWS,
    ) -> Quotes:
        """Find quotes: what somebody said, in articles of the news."""
        asked = {
            "q": words,
            "actor": speaker,
            "about": about,
            "outlet": outlet,
            "act": act,
            "stance": stance,
            "since": since,
            "until": until,
            "order": order,
        }
        return read(lambda: answers.search_quotes(site, asked, limit_rows(limit)))

    @server.tool(annotations=READ_ONLY)
    def who_said(
        words: Words, since: Since = "", until: Until = "", limit: Limit = USUAL_ROWS
    ) -> Sides:
        """Tell who said, denied or questioned something, and who did not answer, each by their
        latest quote.
        """
        return read(lambda: answers.find_who_said(site, words, since, until, limit_rows(limit)))

    @server.tool(annotations=READ_ONLY)
    def get_actor(
        name: Annotated[str, Field(description="a name, or the slug of an actor")],
        limit: Limit = USUAL_ROWS,
    ) -> ActorTold:
        """Tell who somebody is as articles name them, and what they said last."""
        return read(lambda: answers.get_actor(site, name, limit_rows(limit)))

    @server.tool(annotations=READ_ONLY)
    def get_claim(
        claim: Annotated[int, Field(description="its number, as quotes give it")],
        limit: Limit = USUAL_ROWS,
    ) -> Sides:
        """Tell who asserts, denies or questions a claim, however they word it."""
        return read(lambda: answers.get_claim(site, claim, limit_rows(limit)))

    @server.tool(annotations=READ_ONLY)
    def get_article(
        article: Annotated[int, Field(description="its number, as quotes give it")],
        limit: Limit = USUAL_ROWS,
    ) -> ArticleTold:
        """Tell what an article is, and who says what in it, in the order of its text."""
        return read(lambda: answers.get_article(site, article, limit_rows(limit)))

    @server.tool(annotations=READ_ONLY)
    def list_changes(
        since: Annotated[
            str, Field(description="where you stopped, or a time such as 2024-03-05T09:30:00Z")
        ] = "",
        limit: Limit = MOST_ROWS,
    ) -> Changes:
        """Tell what was written since a moment. Without `since` it gives the place to begin from."""
        return read(lambda: answers.list_changes(site, since, limit_rows(limit)))

    return server
