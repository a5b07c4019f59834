"""The platform's way of saying no: HTTP 200 with a number and a sentence."""


class PlatformError(Exception):
    """A refusal with one of the platform's numbers."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class PageError(Exception):
    """Something that the person at the page cannot do; ``message`` is shown to them, in Chinese."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
