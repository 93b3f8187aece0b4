-- Area sets never change: another edition is another row.

CREATE TABLE area_sets (
    slug TEXT NOT NULL,
    edition TEXT NOT NULL,
    name TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT,
    population_source TEXT,
    population_year BIGINT,
    repaired BIGINT NOT NULL,
    overlapping_pairs BIGINT NOT NULL,
    overlap_km2 DOUBLE PRECISION NOT NULL,
    gap_km2 DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (slug, edition)
);

-- The outline is well-known binary: a MULTIPOLYGON in degrees WGS 84, longitude first.
CREATE TABLE areas (
    area_set TEXT NOT NULL,
    edition TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    population BIGINT,
    outline BYTEA NOT NULL,
    PRIMARY KEY (area_set, edition, slug),
    FOREIGN KEY (area_set, edition) REFERENCES area_sets (slug, edition)
);
