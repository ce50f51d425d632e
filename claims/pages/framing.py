"""Pages that other sites may show in a frame: no script, nothing loaded but the stylesheet."""

from csp.constants import NONE, SELF

FRAMED_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
