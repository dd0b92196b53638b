"""Configuration: `gongkai.toml` or `[tool.gongkai]` of pyproject.toml, found from a file's folder upwards."""
