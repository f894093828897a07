"""What a programme has come to: indicators of its rounds, and whether the weights have worked."""
