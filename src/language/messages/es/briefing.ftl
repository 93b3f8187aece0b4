# Palabras de los informes.

# Paper
paper-page-of = Página { $page } de { $pages }
