from bot.channels import Token
from bot.metrics import Metrics
from bot.shelf import CountingShelf


async def test_each_new_token_is_counted(now):
    metrics = Metrics()
    shelf = CountingShelf(metrics)

    await shelf.write(Token("secret", now))

    assert await shelf.read() == Token("secret", now)
    assert 'jiesu_token_refreshes_total{outcome="ok"} 1.0' in metrics.text().decode()
