"""What goes along with a letter: chosen, made, read, sent."""
