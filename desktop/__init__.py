"""Backstop: a checklist for back pain in general practice. This module never imports Qt."""

__version__ = "0.1.0"
