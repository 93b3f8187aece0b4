# Palabras de los informes.
