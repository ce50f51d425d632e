"""axe-core over what a page shows: on a phone and a desk, light and dark."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

# Of WCAG 2.2, which axe-core leaves out unless it is asked; and nothing is told of the rules that are kept.
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
RUN = "([context, options]) => axe.run(context, options).then(({violations}) => ({violations}))"
# Colours that fade into others are as they will be, and so is what fades once these have.
SETTLE = """() => {
    for (let fading = [null]; fading.length; fading.forEach(each => each?.finish()))
        fading = document.getAnimations().filter(each => each instanceof CSSTransition);
}"""


def check_nothing_is_found(page: Page, state: str, context: str = "html") -> None:
    """No rule is broken in any of the four settings, and nothing is wider than the window.

    The page is not loaded again: width and colours are the stylesheets' matter alone. It is left as on a phone.
    """
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SETTLE)

            found = run_axe(page, context)

            assert not found.response["violations"], (
                f"{state}, {width} pixels, {scheme}:\n{found.generate_report()}"
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (state, width)


def run_axe(page: Page, context: str = "html") -> AxeResults:
    """What axe-core says of a part of the page as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate(RUN, [context, OPTIONS]))
