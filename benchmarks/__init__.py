"""Measurements: how surely and how fast reports are read. Run as modules, see each one's help."""
