"""Readers under mutated files: nothing but a Document or one clear line may come out."""
