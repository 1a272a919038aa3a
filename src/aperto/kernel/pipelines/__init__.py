"""Pipelines and stages: ordered steps of an object, each open, won or lost."""
