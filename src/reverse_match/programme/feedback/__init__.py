"""Feedback: the answers of mentors and mentees about their duos, read, validated, and applied to people."""
