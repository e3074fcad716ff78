"""The nouns: frozen dataclasses, standard library only, without I/O, clock or randomness."""
