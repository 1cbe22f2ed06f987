"""The smallest of click programs, for start.py to compare with."""

import click


@click.group()
def main() -> None:
    """A bare program."""


@main.command()
def one() -> None:
    """Its only command."""


if __name__ == "__main__":
    main()
