"""The version of the library, which every matching records."""

__version__ = "0.1.0"
