"""bot -> handlers -> nlp, storage; and one door for each library that could spread."""

import subprocess
import sys

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules

DOORS = {
    "jieba": ("nlp/segment.py",),
    "sqlalchemy": ("storage/",),
    "sqlmodel": ("storage/",),
    "alembic": ("storage/",),
    "apscheduler": ("bot/scheduler.py",),
    "wechatpy": ("bot/webhook/", "bot/channels/"),
    "xmltodict": ("bot/webhook/",),
    "aiohttp": ("bot/",),
    "aiohttp_jinja2": ("bot/console/",),
    "aiohttp_session": ("bot/console/",),
    "jinja2": ("bot/console/",),
    "obstore": ("storage/archive.py",),
    "PIL": ("storage/images.py", "bot/simulator/samples.py"),
    "argon2": ("bot/passwords.py",),
    "holidays": ("handlers/rules/calendar.py",),
    "shapely": ("handlers/rules/geo.py",),
    "pypinyin": ("nlp/typos.py",),
    "ahocorasick_rs": ("nlp/search.py",),
    "yaml": ("bot/sources.py", "nlp/"),
    "prometheus_client": ("bot/metrics.py",),
    "pydantic_settings": ("bot/settings.py", "bot/sources.py"),
    "tenacity": ("bot/channels/", "storage/failures.py"),
    "cryptography": ("bot/simulator/envelope.py",),
    "click": ("bot/__main__.py", "bot/commands.py", "bot/lexicon_commands.py"),
}
"""Where a library may be imported: a file, or a folder with all below it."""
BANNED = ("requests", "urllib.request", "flask", "fastapi", "django", "redis", "celery", "unittest.mock")
"""Libraries that would do again, or worse, what is done already."""


def test_the_arrows_between_the_packages_hold() -> None:
    linter = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

    done = subprocess.run(
        [sys.executable, "-c", linter], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_its_doors_and_no_others(library: str) -> None:
    users = {module.path for module in modules() if any(_is(name, library) for name in module.imported)}

    assert users, f"nobody imports {library}: take its door off the list"
    assert {user for user in users if not user.startswith(DOORS[library])} == set()


def test_nothing_is_imported_that_does_the_same_again() -> None:
    found = {
        (module.path, name)
        for module in modules()
        for name in module.imported
        if any(_is(name, banned) for banned in BANNED)
    }

    assert found == set()


def test_there_is_no_other_package() -> None:
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")}

    assert packages == {*PACKAGES, "tests", "benchmarks"}


def _is(name: str, library: str) -> bool:
    return name == library or name.startswith(f"{library}.")
