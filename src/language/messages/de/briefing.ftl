# Wörter der Kurzberichte. Jeder Schlüssel steht in jeder Sprache; ein Test vergleicht sie.
