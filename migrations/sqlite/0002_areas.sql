-- Area sets never change: another edition is another row.

CREATE TABLE area_sets (
    slug TEXT NOT NULL,
    edition TEXT NOT NULL,
    name TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT,
    population_source TEXT,
    population_year INTEGER,
    repaired INTEGER NOT NULL,
    overlapping_pairs INTEGER NOT NULL,
    overlap_km2 REAL NOT NULL,
    gap_km2 REAL NOT NULL,
    PRIMARY KEY (slug, edition)
) STRICT, WITHOUT ROWID;

-- The outline is well-known binary: a MULTIPOLYGON in degrees WGS 84, longitude first.
CREATE TABLE areas (
    area_set TEXT NOT NULL,
    edition TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    population INTEGER,
    outline BLOB NOT NULL,
    PRIMARY KEY (area_set, edition, slug),
    FOREIGN KEY (area_set, edition) REFERENCES area_sets (slug, edition)
) STRICT, WITHOUT ROWID;
