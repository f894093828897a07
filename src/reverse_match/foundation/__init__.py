"""TODO."""

from reverse_match.foundation import errors as errors
