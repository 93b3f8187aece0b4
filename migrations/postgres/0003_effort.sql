-- Which streets or cells were walked. A shape is public geometry, 0 and coordinates or 1 and a cell (src/model/effort.rs);
-- its id is a digest of it. kind: 0 streets, 1 cells. state and pass: codes of src/model.

CREATE TABLE audit_units (
    id BYTEA NOT NULL PRIMARY KEY,
    shape BYTEA NOT NULL
);

CREATE TABLE effort_waves (
    campaign TEXT NOT NULL,
    wave TEXT NOT NULL,
    kind BIGINT NOT NULL,
    is_frame BIGINT NOT NULL,
    PRIMARY KEY (campaign, wave),
    FOREIGN KEY (campaign, wave) REFERENCES waves (campaign, slug)
);

CREATE TABLE effort_marks (
    campaign TEXT NOT NULL,
    wave TEXT NOT NULL,
    unit BYTEA NOT NULL REFERENCES audit_units (id),
    pass BIGINT NOT NULL,
    state BIGINT NOT NULL,
    PRIMARY KEY (campaign, wave, unit, pass),
    FOREIGN KEY (campaign, wave) REFERENCES effort_waves (campaign, wave)
);
