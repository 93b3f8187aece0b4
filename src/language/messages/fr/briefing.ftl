# Mots des notes.

# Paper
paper-page-of = Page { $page } sur { $pages }
