"""The command line: python -m bot ..."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import click

from bot.commands import CONFIG, guarded, settings_of
from bot.lexicon_commands import lexicon


@click.group(help="接诉: residents report on WeChat, street offices work their tickets.")
def cli() -> None:
    """Group of all commands."""


@cli.command()
@CONFIG
@guarded
def serve(config: Path | None) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was begun."""
    settings = settings_of(config)  # before anything heavy is loaded: a mistake is told at once
    from bot import logs
    from bot.serving import serve_until

    logs.configure(settings.log)
    asyncio.run(serve_until(settings, (signal.SIGTERM, signal.SIGINT)))


@cli.command()
@CONFIG
@guarded
def migrate(config: Path | None) -> None:
    """Bring the database to the tables of this version."""
    from storage.database import Database
    from storage.migrate import upgrade

    database = Database(settings_of(config).database.url)
    try:
        applied = upgrade(database)
    finally:
        database.close()
    click.echo("\n".join(f"applied {revision}" for revision in applied) or "nothing to do")


@cli.command()
@CONFIG
@guarded
def check(config: Path | None) -> None:
    """Check configuration, database and credentials; exit code 1 where something is wrong."""
    settings = settings_of(config)
    from bot.checking import checked

    findings = asyncio.run(checked(settings))
    for finding in findings:
        click.echo(f"{finding.verdict:<5} {finding.name}: {finding.told}")
    raise SystemExit(any(finding.bad for finding in findings))


@cli.command()
@CONFIG
@guarded
def classify(config: Path | None) -> None:
    """Read JSON lines {"id", "text"} and write what each text means, a JSON line each."""
    from bot.classifying import classified
    from bot.parts import analyser

    zone = settings_of(config).zone
    understanding = analyser(zone)
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            found = classified(understanding, zone, line, number)
            click.echo(json.dumps(found, ensure_ascii=False))


@cli.group()
def user() -> None:
    """Officers' accounts."""


@user.command("add")
@click.argument("name")
@click.option("--role", required=True, help="dispatcher, office, department, leader or admin.")
@click.option("--office", default="", help="Code of the office or department.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
@CONFIG
@guarded
def user_add(name: str, role: str, office: str, config: Path | None, *, password_stdin: bool) -> None:  # noqa: ARG001 - a flag that must be given
    """Add an account; the password is the first line of standard input."""
    from bot.accounts import add_user

    add_user(settings_of(config), name, role, office, sys.stdin.readline().rstrip("\r\n"))
    click.echo(f"added {name}")


@user.command("list")
@CONFIG
@guarded
def user_list(config: Path | None) -> None:
    """List the accounts."""
    from bot.accounts import users

    click.echo("\n".join(users(settings_of(config))))


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from standard input.")
@CONFIG
@guarded
def user_password(name: str, config: Path | None, *, password_stdin: bool) -> None:  # noqa: ARG001 - a flag that must be given
    """Give an account another password and sign it out everywhere."""
    from bot.accounts import set_password

    set_password(settings_of(config), name, sys.stdin.readline().rstrip("\r\n"))
    click.echo(f"changed {name}")


@user.command("close")
@click.argument("name")
@CONFIG
@guarded
def user_close(name: str, config: Path | None) -> None:
    """Close an account: neither password nor token opens it any more."""
    from bot.accounts import close_user

    close_user(settings_of(config), name)
    click.echo(f"closed {name}")


@cli.group()
def token() -> None:
    """Bearer tokens for the API."""


@token.command("add")
@click.argument("name")
@click.option("--role", default="dispatcher", show_default=True, help="Of an account made for the token.")
@click.option("--office", default="", help="Code of that account's office or department.")
@CONFIG
@guarded
def token_add(name: str, role: str, office: str, config: Path | None) -> None:
    """Print a new bearer token of the user NAME; it is shown this once.

    A name that nobody has becomes an account without a password, for another system.
    """
    from bot.accounts import add_token

    click.echo(add_token(settings_of(config), name, role, office))


@token.command("list")
@CONFIG
@guarded
def token_list(config: Path | None) -> None:
    """List the tokens by their own names."""
    from bot.accounts import tokens

    click.echo("\n".join(tokens(settings_of(config))))


@token.command("revoke")
@click.argument("name")
@CONFIG
@guarded
def token_revoke(name: str, config: Path | None) -> None:
    """End the token called NAME (see token list)."""
    from bot.accounts import revoke_token

    revoke_token(settings_of(config), name)
    click.echo(f"revoked {name}")


@cli.group()
def menu() -> None:
    """The account's menu."""


@menu.command("push")
@CONFIG
@guarded
def menu_push(config: Path | None) -> None:
    """Create the menu on the account."""
    from bot.publishing import push_menu

    asyncio.run(push_menu(settings_of(config)))
    click.echo("menu created")


@cli.group()
def poster() -> None:
    """Posters with a QR code at the gate of an estate."""


@poster.command("list")
@CONFIG
@guarded
def poster_list(config: Path | None) -> None:
    """List the places a poster can stand for, with their scenes."""
    from handlers.residents.posters import posters

    for scene, place in posters(settings_of(config).zone).items():
        click.echo(f"{scene}\t{place.place}")


@poster.command("create")
@click.argument("scenes", nargs=-1, required=True)
@CONFIG
@guarded
def poster_create(scenes: tuple[str, ...], config: Path | None) -> None:
    """Create permanent QR codes, of which there are 100 000; print scene and address."""
    from bot.publishing import create_posters

    for scene, url in asyncio.run(create_posters(settings_of(config), scenes)):
        click.echo(f"{scene}\t{url}")


cli.add_command(lexicon)


if __name__ == "__main__":
    cli()
