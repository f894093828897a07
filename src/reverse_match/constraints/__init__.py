"""What forbids a pair, what demands one, and what cannot hold together."""
