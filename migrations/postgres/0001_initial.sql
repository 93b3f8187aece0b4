-- Enumerations are the codes of src/model/vocabulary.rs; weeks are year * 100 + week.
-- What each column is for, and whether it is public, stands in docs/columns.toml.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE campaigns (
    slug TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    west DOUBLE PRECISION,
    south DOUBLE PRECISION,
    east DOUBLE PRECISION,
    north DOUBLE PRECISION,
    intake BIGINT NOT NULL,
    max_pending BIGINT NOT NULL
);

INSERT INTO campaigns (slug, name, intake, max_pending) VALUES ('default', 'Default campaign', 0, 20000);

CREATE TABLE waves (
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    slug TEXT NOT NULL,
    opened BIGINT NOT NULL,
    closed BIGINT,
    PRIMARY KEY (campaign, slug)
);

CREATE TABLE sources (
    slug TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT,
    is_list BIGINT NOT NULL,
    rows_mode BIGINT NOT NULL
);

-- An absent wave is '' and an absent pass 0, because NULLs would escape the uniqueness.
CREATE TABLE occasions (
    id BIGINT NOT NULL PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    source TEXT NOT NULL,
    kind BIGINT NOT NULL,
    wave TEXT NOT NULL,
    pass BIGINT NOT NULL,
    key_epoch BIGINT NOT NULL,
    UNIQUE (campaign, source, kind, wave, pass, key_epoch)
);

CREATE TABLE pending (
    id BYTEA NOT NULL PRIMARY KEY,
    occasion BIGINT NOT NULL REFERENCES occasions (id),
    cell BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    operator BIGINT NOT NULL,
    mount BIGINT NOT NULL,
    linked BIGINT NOT NULL,
    maker BIGINT NOT NULL,
    basis BIGINT NOT NULL,
    facing BIGINT NOT NULL,
    heads BIGINT NOT NULL,
    week BIGINT,
    position BIGINT NOT NULL,
    slot BIGINT NOT NULL
);

CREATE TABLE sightings (
    cell BIGINT NOT NULL,
    id BYTEA NOT NULL,
    occasion BIGINT NOT NULL REFERENCES occasions (id),
    kind BIGINT NOT NULL,
    operator BIGINT NOT NULL,
    mount BIGINT NOT NULL,
    linked BIGINT NOT NULL,
    maker BIGINT NOT NULL,
    basis BIGINT NOT NULL,
    facing BIGINT NOT NULL,
    heads BIGINT NOT NULL,
    week BIGINT,
    position BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    PRIMARY KEY (cell, id)
);

CREATE TABLE rejections (
    id BYTEA NOT NULL PRIMARY KEY,
    reason BIGINT NOT NULL,
    week BIGINT NOT NULL
);
