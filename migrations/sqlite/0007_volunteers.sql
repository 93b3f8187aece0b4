-- Volunteers and moderators. Who was invited, who moderates and what was decided is kept as counts and digests: no row
-- tells when something was sent, by whom, or in which order. Enumerations are codes of src/model; an absent team is 0, an
-- absent wave ''. What each column is for stands in docs/columns.toml.

-- purpose: 0 sightings, 1 marks and reports. A closed epoch has no secret any more.
CREATE TABLE token_keys (
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch INTEGER NOT NULL,
    team INTEGER NOT NULL,
    purpose INTEGER NOT NULL,
    wave TEXT NOT NULL,
    public BLOB NOT NULL,
    secret BLOB,
    PRIMARY KEY (campaign, epoch, team, purpose)
) STRICT, WITHOUT ROWID;

-- id: digest of the invite; a batch: digest of what was signed for it, so that an answer that was lost can be asked again.
CREATE TABLE invites (
    id BLOB NOT NULL PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch INTEGER NOT NULL,
    team INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    sightings_batch BLOB,
    marks_batch BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE spent_tokens (
    digest BLOB NOT NULL PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Reports that a camera is gone, or never was one, waiting for a moderator. claim: 0 gone, 1 not a camera.
CREATE TABLE reports (
    id BLOB NOT NULL PRIMARY KEY,
    occasion INTEGER NOT NULL REFERENCES occasions (id),
    cell INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    week INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Accepted records that a camera was gone in a week. included_from as in sightings.
CREATE TABLE gone (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL,
    occasion INTEGER NOT NULL REFERENCES occasions (id),
    kind INTEGER NOT NULL,
    week INTEGER NOT NULL,
    included_from INTEGER,
    PRIMARY KEY (cell, id)
) STRICT, WITHOUT ROWID;

-- Marks of survey sheets, waiting for a moderator.
CREATE TABLE pending_marks (
    id BLOB NOT NULL PRIMARY KEY,
    occasion INTEGER NOT NULL REFERENCES occasions (id),
    unit BLOB NOT NULL REFERENCES audit_units (id),
    state INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- joining: digest of the code of a one-time link, until it is used.
CREATE TABLE moderators (
    name TEXT NOT NULL PRIMARY KEY,
    passphrase TEXT,
    joining BLOB
) STRICT, WITHOUT ROWID;

-- How often a moderator decided so in a cell of resolution 5, after the release that was the latest then.
CREATE TABLE decisions (
    release TEXT NOT NULL,
    moderator TEXT NOT NULL,
    verdict INTEGER NOT NULL,
    cell INTEGER NOT NULL,
    decided INTEGER NOT NULL,
    PRIMARY KEY (release, moderator, verdict, cell)
) STRICT, WITHOUT ROWID;

-- What one moderator proposed and a second has yet to confirm.
CREATE TABLE proposals (
    id BLOB NOT NULL PRIMARY KEY,
    moderator TEXT NOT NULL,
    verdict INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    campaign TEXT NOT NULL REFERENCES campaigns (slug),
    epoch INTEGER,
    west REAL,
    south REAL,
    east REAL,
    north REAL
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal_items (
    proposal BLOB NOT NULL REFERENCES proposals (id),
    item BLOB NOT NULL,
    PRIMARY KEY (proposal, item)
) STRICT, WITHOUT ROWID;
