"""Fuzzing of the readers, outside CI: each module mutates files of one format."""
