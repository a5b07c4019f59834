"""What every module here is marked with."""

import pytest

BROWSER = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.xdist_group("browser"),  # one worker, so that there is one service and one browser
]
