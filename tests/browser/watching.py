"""What must never happen while people play: outside hosts, script errors, breaches of the content policy."""

from playwright.async_api import BrowserContext, ConsoleMessage, Request, WebError

OWN_SCHEMES = ("data:", "blob:")
LOUD = frozenset({"error", "warning"})


class Watch:
    """Listens to everything that the pages of a browser context ask for and complain about."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.troubles: list[str] = []
        self._url = url
        self._expected: tuple[str, ...] = ()
        context.on("request", self._asked)
        context.on("console", self._complained)
        context.on("weberror", self._failed)

    def expect_status(self, *statuses: int) -> None:
        """Let pass what the browser itself says of answers with these statuses."""
        self._expected = tuple(f"status of {status}" for status in statuses)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self._url}/", *OWN_SCHEMES)):
            self.troubles.append(f"asked an outside host: {request.url}")

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type in LOUD and not any(words in message.text for words in self._expected):
            self.troubles.append(f"{message.type}: {message.text}")

    def _failed(self, error: WebError) -> None:
        self.troubles.append(f"script error: {error.error.message}")
