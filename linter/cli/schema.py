"""The command `gongkai schema`."""

from __future__ import annotations

import click


@click.command(
    help="输出 JSON Schema：配置文件（config）或规则文件（rules）的，供编辑器提示和检查。\n\n"
    "Print the JSON Schema of configuration or rule files.",
    epilog="""\b
例 Examples:
  gongkai schema config > gongkai.schema.json
  gongkai schema rules
""",
)
@click.argument("what", type=click.Choice(["config", "rules"]))
def schema(what: str) -> None:
    """Print one schema."""
    from linter.output import write_bytes
    from linter.resources import resource_folder

    write_bytes([(resource_folder("rules") / "schema" / f"{what}.schema.json").read_text(encoding="utf-8")])
