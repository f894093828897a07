"""What duos say after their sessions, and what follows from it."""
