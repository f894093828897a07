"""What single duos have arranged for their meetings, and the meetings that follow from it."""
