"""Broken files for the readers, made by mutating good ones."""
