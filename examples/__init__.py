"""Synthetic reports of our own writing, and the generator that makes them."""
