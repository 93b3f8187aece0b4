-- Volunteers and moderators. Who was invited, who moderates and what was decided is kept as counts and digests: no row
-- tells when something was sent, by whom, or in which order. Enumerations are codes of src/model; an absent team is 0, an
-- absent wave ''. What each column is for stands in docs/columns.toml.

-- purpose: 0 sightings, 1 marks and reports. A closed epoch has no secret any more.
CREATE TABLE token_keys (
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch BIGINT NOT NULL,
    team BIGINT NOT NULL,
    purpose BIGINT NOT NULL,
    wave TEXT NOT NULL,
    public BYTEA NOT NULL,
    secret BYTEA,
    PRIMARY KEY (campaign, epoch, team, purpose)
);

-- id: digest of the invite; a batch: digest of what was signed for it, so that an answer that was lost can be asked again.
CREATE TABLE invites (
    id BYTEA NOT NULL PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch BIGINT NOT NULL,
    team BIGINT NOT NULL,
    tokens BIGINT NOT NULL,
    sightings_batch BYTEA,
    marks_batch BYTEA
);

CREATE TABLE spent_tokens (
    digest BYTEA NOT NULL PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch BIGINT NOT NULL
);

-- Reports that a camera is gone, or never was one, waiting for a moderator. claim: 0 gone, 1 not a camera.
CREATE TABLE reports (
    id BYTEA NOT NULL PRIMARY KEY,
    occasion BIGINT NOT NULL REFERENCES occasions (id),
    cell BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    claim BIGINT NOT NULL,
    week BIGINT NOT NULL
);

-- Accepted records that a camera was gone in a week. included_from as in sightings.
CREATE TABLE gone (
    cell BIGINT NOT NULL,
    id BYTEA NOT NULL,
    occasion BIGINT NOT NULL REFERENCES occasions (id),
    kind BIGINT NOT NULL,
    week BIGINT NOT NULL,
    included_from BIGINT,
    PRIMARY KEY (cell, id)
);

-- Marks of survey sheets, waiting for a moderator.
CREATE TABLE pending_marks (
    id BYTEA NOT NULL PRIMARY KEY,
    occasion BIGINT NOT NULL REFERENCES occasions (id),
    unit BYTEA NOT NULL REFERENCES audit_units (id),
    state BIGINT NOT NULL
);

-- joining: digest of the code of a one-time link, until it is used.
CREATE TABLE moderators (
    name TEXT NOT NULL PRIMARY KEY,
    passphrase TEXT,
    joining BYTEA
);

-- How often a moderator decided so in a cell of resolution 5, after the release that was the latest then.
CREATE TABLE decisions (
    release TEXT NOT NULL,
    moderator TEXT NOT NULL,
    verdict BIGINT NOT NULL,
    cell BIGINT NOT NULL,
    decided BIGINT NOT NULL,
    PRIMARY KEY (release, moderator, verdict, cell)
);

-- What one moderator proposed and a second has yet to confirm.
CREATE TABLE proposals (
    id BYTEA NOT NULL PRIMARY KEY,
    moderator TEXT NOT NULL,
    verdict BIGINT NOT NULL,
    reason BIGINT NOT NULL,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch BIGINT,
    west DOUBLE PRECISION,
    south DOUBLE PRECISION,
    east DOUBLE PRECISION,
    north DOUBLE PRECISION
);

CREATE TABLE proposal_items (
    proposal BYTEA NOT NULL REFERENCES proposals (id),
    item BYTEA NOT NULL,
    PRIMARY KEY (proposal, item)
);
