"""The version of the library, which every matching records."""

__version__ = "0.2.0"
