"""Web pages that were saved as files: what they say of themselves, and the text of their
article.
"""

from claims.intake.readers.html.page import read_html

__all__ = ["read_html"]
