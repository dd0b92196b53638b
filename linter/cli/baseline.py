"""The command `gongkai baseline`."""

from __future__ import annotations

import click


@click.command(help="")
def baseline() -> None:
    """Placeholder."""
