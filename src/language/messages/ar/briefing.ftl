# Not offered yet: see Language::ALL.
