# Mots des notes.
