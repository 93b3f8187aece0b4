-- Which streets or cells were walked. A shape is public geometry, 0 and coordinates or 1 and a cell (src/model/effort.rs);
-- its id is a digest of it. kind: 0 streets, 1 cells. state and pass: codes of src/model.

CREATE TABLE audit_units (
    id BLOB NOT NULL PRIMARY KEY,
    shape BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE effort_waves (
    campaign TEXT NOT NULL,
    wave TEXT NOT NULL,
    kind INTEGER NOT NULL,
    is_frame INTEGER NOT NULL,
    PRIMARY KEY (campaign, wave),
    FOREIGN KEY (campaign, wave) REFERENCES waves (campaign, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE effort_marks (
    campaign TEXT NOT NULL,
    wave TEXT NOT NULL,
    unit BLOB NOT NULL REFERENCES audit_units (id),
    pass INTEGER NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (campaign, wave, unit, pass),
    FOREIGN KEY (campaign, wave) REFERENCES effort_waves (campaign, wave)
) STRICT, WITHOUT ROWID;
