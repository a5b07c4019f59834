"""An officer works on a draft of the lexicon in a browser."""

from tests.bot.console.browser import Browser, Page

DRAFT = "/console/lexicon/draft"


async def do(browser: Browser, deed: str, **fields: str) -> Page:
    """Send a form of the draft's page as it stands there."""
    page = await browser.get(DRAFT)
    known = {name: page.hidden(name) for name in ("csrf", "revision", "seen")}
    return await browser.post(f"{DRAFT}/{deed}", {**known, **fields})


async def add_word(browser: Browser, word: str, /, **fields: str) -> Page:
    given = {"how": "says", "category": "dust", "level": "strong", "word": word}
    return await do(browser, "word", **given | fields)


async def finished(browser: Browser) -> Page:
    """Wait until the trial of the draft is over, as the page's own refresh does."""
    page = await browser.get(DRAFT)
    while 'http-equiv="refresh"' in page.text:
        page = await browser.get(DRAFT)
    return page
