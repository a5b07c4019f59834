"""The two places settings come from, as plain trees: a YAML file and ``BOT_*`` variables."""

from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, EnvSettingsSource
from pydantic_settings.exceptions import SettingsError

PREFIX = "BOT_"
DELIMITER = "__"


class BadSettings(Exception):
    """The settings are unfit; str() is one line that names the key."""


class _StrictLoader(yaml.SafeLoader):
    """YAML in which a key given twice is an error rather than the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key_node in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key_node.value in seen and key_node.tag != "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key_node.value} is given twice", key_node.start_mark
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


def read_file(path: Path) -> dict[str, Any]:
    """Return the tree in a YAML file; BadSettings where it cannot be read."""
    try:
        tree = yaml.load(path.read_text("utf-8"), _StrictLoader)  # noqa: S506 - derives from SafeLoader
    except OSError as error:
        raise BadSettings(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path}: is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadSettings(f"{path.name}: line {line}: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: a date such as 2026-13-01; RecursionError: a thousand brackets.
        raise BadSettings(f"{path.name}: {' '.join(str(error).split())}") from error
    if tree is not None and not isinstance(tree, dict):
        raise BadSettings(f"{path.name}: must be a mapping of sections")
    return {str(key): value for key, value in (tree or {}).items()}


def read_environment(settings: type[BaseSettings], environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the tree that the ``BOT_SECTION__KEY`` variables hold; BadSettings for a stray one."""
    ours = {name: value for name, value in environ.items() if name.upper().startswith(PREFIX) and value}
    for name in ours:
        if variable_path(name)[0] not in settings.model_fields:
            raise BadSettings(f"{name}: unknown setting")
    source = EnvSettingsSource(settings, env_prefix=PREFIX, env_nested_delimiter=DELIMITER)
    source.env_vars = {name.lower(): value for name, value in ours.items()}
    try:
        return source()
    except SettingsError as error:
        named = next((name for name in ours if variable_path(name)[0] in str(error)), PREFIX)
        raise BadSettings(f"{named}: is not the JSON it should be") from error


def variable_path(name: str) -> tuple[str, ...]:
    """Return the keys that a variable names: ``BOT_SERVER__PORT`` -> ("server", "port")."""
    return tuple(name[len(PREFIX) :].lower().split(DELIMITER))


def overlaid(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``below`` with everything that ``above`` holds put over it, mapping by mapping."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(under, dict) and isinstance(value, Mapping)
        merged[key] = overlaid(dict(under or {}), value) if both else value
    return merged


def secrets_in(tree: Mapping[str, Any], settings: type[BaseSettings]) -> Iterator[str]:
    """Yield the keys in a file's tree that are secrets, or URLs with a password."""
    for section, field in settings.model_fields.items():
        content = tree.get(section)
        if isinstance(content, dict) and isinstance(field.annotation, type):
            secret = set(_secret_keys(field.annotation))
            yield from (f"{section}.{key}" for key in content if key in secret or _has_password(content[key]))


def _secret_keys(section: type[BaseModel]) -> Iterator[str]:
    for key, field in section.model_fields.items():
        if SecretStr.__name__ in str(field.annotation):
            yield key


def _has_password(value: object) -> bool:
    if not isinstance(value, str) or "://" not in value:
        return False
    login, at, _ = value.partition("://")[2].partition("@")
    return bool(at) and ":" in login and "/" not in login
