-- Published figures and deployments that were imported; the program ships others. An absent text is ''.
-- Enumerations are the codes of src/model/vocabulary.rs. What each column is for stands in docs/columns.toml.

CREATE TABLE published_figures (
    id TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    year INTEGER NOT NULL,
    status INTEGER NOT NULL,
    cameras_low INTEGER,
    cameras INTEGER,
    cameras_high INTEGER,
    area_km2 REAL,
    population INTEGER,
    scope TEXT NOT NULL,
    ownership TEXT NOT NULL,
    includes_private INTEGER NOT NULL,
    includes_indoor INTEGER NOT NULL,
    linked_only INTEGER NOT NULL,
    street_visible INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    method_note TEXT NOT NULL,
    claimed_by TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    authors TEXT NOT NULL,
    published TEXT NOT NULL,
    note TEXT NOT NULL,
    page TEXT NOT NULL,
    url TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deployments (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    status INTEGER NOT NULL,
    contracts INTEGER,
    vendors TEXT NOT NULL,
    role TEXT NOT NULL,
    claimed_by TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
