"""What a page owes those who do not see it, or whose thumbs are large."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LEAST_PIXELS = 44
SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    "button, a, input, select, textarea, summary, [role=radio]")]
    .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
    .filter(([, { width, height }]) => width && Math.min(width, height) < least - 0.5)
    .map(([html]) => html)"""


def assert_no_breach(page, within=None):
    """Fail where axe finds a breach of WCAG 2.2 AA, on the page or in a part of it."""
    options = {"runOnly": {"type": "tag", "values": WCAG}}
    report = Axe().run(page, context=within, options=options)
    assert not report.violations_count, report.generate_report()


def assert_accessible(page):
    """Fail where axe finds a breach of WCAG 2.2 AA, or a target is too small."""
    assert_no_breach(page)
    assert not page.evaluate(SMALL_TARGETS, LEAST_PIXELS)
