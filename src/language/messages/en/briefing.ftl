# Words of briefings. Every key stands in every language; a test compares them.

# Paper
paper-page-of = Page { $page } of { $pages }
