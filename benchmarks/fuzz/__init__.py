"""Mutated files through the readers, one script a family of formats."""
