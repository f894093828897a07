"""Reads people files as forms, spreadsheets and HR systems export them, and says what was decided."""
