-- Enumerations are the codes of src/model/vocabulary.rs; weeks are year * 100 + week.
-- What each column is for, and whether it is public, stands in docs/columns.toml.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE campaigns (
    slug TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    west REAL,
    south REAL,
    east REAL,
    north REAL,
    intake INTEGER NOT NULL,
    max_pending INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO campaigns (slug, name, intake, max_pending) VALUES ('default', 'Default campaign', 0, 20000);

CREATE TABLE waves (
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    slug TEXT NOT NULL,
    opened INTEGER NOT NULL,
    closed INTEGER,
    PRIMARY KEY (campaign, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
    slug TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT,
    is_list INTEGER NOT NULL,
    rows_mode INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An absent wave is '' and an absent pass 0, because NULLs would escape the uniqueness.
CREATE TABLE occasions (
    id INTEGER NOT NULL PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    source TEXT NOT NULL,
    kind INTEGER NOT NULL,
    wave TEXT NOT NULL,
    pass INTEGER NOT NULL,
    key_epoch INTEGER NOT NULL,
    UNIQUE (campaign, source, kind, wave, pass, key_epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE pending (
    id BLOB NOT NULL PRIMARY KEY,
    occasion INTEGER NOT NULL REFERENCES occasions (id),
    cell INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    operator INTEGER NOT NULL,
    mount INTEGER NOT NULL,
    linked INTEGER NOT NULL,
    maker INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    facing INTEGER NOT NULL,
    heads INTEGER NOT NULL,
    week INTEGER,
    position INTEGER NOT NULL,
    slot INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sightings (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL,
    occasion INTEGER NOT NULL REFERENCES occasions (id),
    kind INTEGER NOT NULL,
    operator INTEGER NOT NULL,
    mount INTEGER NOT NULL,
    linked INTEGER NOT NULL,
    maker INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    facing INTEGER NOT NULL,
    heads INTEGER NOT NULL,
    week INTEGER,
    position INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    PRIMARY KEY (cell, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejections (
    id BLOB NOT NULL PRIMARY KEY,
    reason INTEGER NOT NULL,
    week INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
