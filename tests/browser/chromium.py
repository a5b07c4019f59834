"""Finds Chromium for the browser tests, or installs Debian's where that is allowed.

Run as a program before the tests, so that an installation is not charged to a test. Without a browser the
tests are skipped with a loud line, or fail where JIESU_REQUIRE_BROWSER is set.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRED = "JIESU_REQUIRE_BROWSER"


def found() -> str | None:
    """Return the path of a browser that is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def installed() -> str | None:
    """Return a browser's path, after trying to install Debian's chromium where there is none."""
    if not found() and shutil.which("apt-get") and os.geteuid() == 0:
        print("no browser: installing Debian's chromium ...", file=sys.stderr, flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *words], env=environment, check=False, stdout=sys.stderr)
    return found()


def main() -> int:
    """Say which browser the tests will use; fail where one is required and there is none."""
    path = installed()
    if path:
        print(f"browser tests use {path}")
        return 0
    print("!" * 78, file=sys.stderr)
    print(
        "!! NO CHROMIUM: the browser tests WILL BE SKIPPED. Install a package named chromium.",
        file=sys.stderr,
    )
    print("!" * 78, file=sys.stderr)
    return 1 if os.environ.get(REQUIRED) else 0


if __name__ == "__main__":
    raise SystemExit(main())
