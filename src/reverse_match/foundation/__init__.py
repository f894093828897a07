"""The tools of every room: errors, records, names, numbers on a grid, files, dates and progress."""

from reverse_match.foundation import errors as errors
