-- Published figures and deployments that were imported; the program ships others. An absent text is ''.
-- Enumerations are the codes of src/model/vocabulary.rs. What each column is for stands in docs/columns.toml.

CREATE TABLE published_figures (
    id TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    year BIGINT NOT NULL,
    status BIGINT NOT NULL,
    cameras_low BIGINT,
    cameras BIGINT,
    cameras_high BIGINT,
    area_km2 DOUBLE PRECISION,
    population BIGINT,
    scope TEXT NOT NULL,
    ownership TEXT NOT NULL,
    includes_private BIGINT NOT NULL,
    includes_indoor BIGINT NOT NULL,
    linked_only BIGINT NOT NULL,
    street_visible BIGINT NOT NULL,
    basis BIGINT NOT NULL,
    method_note TEXT NOT NULL,
    claimed_by TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    authors TEXT NOT NULL,
    published TEXT NOT NULL,
    note TEXT NOT NULL,
    page TEXT NOT NULL,
    url TEXT NOT NULL
);

CREATE TABLE deployments (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    first_year BIGINT NOT NULL,
    last_year BIGINT NOT NULL,
    status BIGINT NOT NULL,
    contracts BIGINT,
    vendors TEXT NOT NULL,
    role TEXT NOT NULL,
    claimed_by TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published TEXT NOT NULL,
    note TEXT NOT NULL
);
