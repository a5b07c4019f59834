"""Where the access token is kept, with a count of how often another was asked for."""

from bot.channels import MemoryShelf, Token
from bot.metrics import Metrics


class CountingShelf(MemoryShelf):
    """A shelf of this process. Refreshes that pile up mean that something else spoils our tokens."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics

    async def write(self, token: Token) -> None:
        """Keep ``token`` in place of any other, and count it."""
        await super().write(token)
        self._metrics.token("ok")
