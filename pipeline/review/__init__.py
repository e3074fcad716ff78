"""What coders decided, folded into the state of every coding."""
