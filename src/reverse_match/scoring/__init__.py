"""How well two people fit: kinds of criterion, and the model that turns them into tiles of exact scores."""
