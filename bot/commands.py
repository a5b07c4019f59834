"""What every command of the command line needs: the configuration, and mistakes told in one line."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bot.settings import BadSettings, Settings, load
from storage.errors import StorageError

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The configuration; default: the config.yaml beside the packages.",
)


def guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what may be expected to go wrong into one line on standard error and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except BadSettings as error:
            line = str(error)
        except StorageError as error:
            line = f"database.url: cannot be used: {error}"
        click.echo(line, file=sys.stderr)
        raise SystemExit(2)

    return run


def settings_of(config: Path | None) -> Settings:
    """Return the settings of a file and the environment."""
    return load(config, os.environ)
