"""A matching for whoever works in a spreadsheet: sheets of rows, as a workbook or as CSV."""
