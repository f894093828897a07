"""A round of a programme as an iCalendar file."""
