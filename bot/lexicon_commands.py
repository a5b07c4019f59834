"""python -m bot lexicon ...: the lexicon's workbench on the command line."""

from pathlib import Path

import click

from bot.commands import CONFIG, guarded, settings_of

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
VERSION = click.option(
    "--version", type=click.IntRange(min=0), default=None, help="Default: the one in force."
)


@click.group()
def lexicon() -> None:
    """The lexicon: what is in force, what a draft would change, publishing."""


@lexicon.command("list")
@CONFIG
@guarded
def listed(config: Path | None) -> None:
    """List the published versions, newest first."""
    from bot.lexicon_work import opened

    with opened(settings_of(config)) as desk:
        for line in desk.versions():
            click.echo(line)


@lexicon.command()
@VERSION
@CONFIG
@guarded
def show(version: int | None, config: Path | None) -> None:
    """Show what a version is, and what it changed."""
    from bot.lexicon_work import opened

    with opened(settings_of(config)) as desk:
        for line in desk.shown(version):
            click.echo(line)


@lexicon.command()
@VERSION
@CONFIG
@guarded
def export(version: int | None, config: Path | None) -> None:
    """Print the text of a version, to be edited and published."""
    from bot.lexicon_work import opened

    with opened(settings_of(config)) as desk:
        click.echo(desk.text(version), nl=False)


@lexicon.command("try")
@click.argument("text")
@click.option("--draft", type=click.Path(path_type=Path, dir_okay=False, exists=True), default=None)
@CONFIG
@guarded
def tried(text: str, draft: Path | None, config: Path | None) -> None:
    """Show how TEXT is read, with the words that decided; with --draft by that file as well."""
    from bot.lexicon_work import opened

    with opened(settings_of(config)) as desk:
        for line in desk.tried(text, draft):
            click.echo(line)


@lexicon.command()
@FILE
@click.option("--tickets", type=click.IntRange(1, 2000), default=2000, show_default=True)
@CONFIG
@guarded
def compare(file: Path, tickets: int, config: Path | None) -> None:
    """Run FILE and what is in force over stored tickets: which change, and do they get better."""
    from bot.lexicon_work import opened

    def progress(done: int, total: int) -> None:
        click.echo(f"{done}/{total}", err=True)

    with opened(settings_of(config)) as desk:
        for line in desk.compared(file, tickets, progress):
            click.echo(line)


@lexicon.command()
@FILE
@click.option("--author", required=True, help="Name of the officer of the desk who answers for it.")
@click.option("--note", required=True, help="What changed, and why.")
@CONFIG
@guarded
def publish(file: Path, author: str, note: str, config: Path | None) -> None:
    """Put FILE in force on every node, within seconds."""
    from bot.lexicon_work import opened

    with opened(settings_of(config)) as desk:
        click.echo(f"published {desk.published(file, author, note)}")


@lexicon.command()
@click.option("--days", type=click.IntRange(1, 366), default=7, show_default=True)
@CONFIG
@guarded
def misled(days: int, config: Path | None) -> None:
    """List the words that led to categories which were put right."""
    from bot.lexicon_work import opened

    with opened(settings_of(config)) as desk:
        for line in desk.misled(days):
            click.echo(line)
