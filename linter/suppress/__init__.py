"""Findings set aside with a reason, by the configuration or by remarks in the report itself."""
