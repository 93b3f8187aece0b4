//! The statements that differ between the databases, side by side.

/// Begins a SQLite transaction that writes: taking the lock at once avoids failing half-way (`SQLITE_BUSY` on upgrade).
pub(super) const SQLITE_BEGIN_WRITE: &str = "BEGIN IMMEDIATE";
/// The same for PostgreSQL. Whoever writes locks `campaigns` first, as a seal does, so that the two never wait for each
/// other.
pub(super) const POSTGRES_BEGIN_WRITE: &str = "BEGIN; LOCK TABLE campaigns IN ACCESS SHARE MODE";
/// Begins a SQLite transaction that reads one state throughout.
pub(super) const SQLITE_BEGIN_READ: &str = "BEGIN DEFERRED";
/// The same for PostgreSQL. The locks come before the snapshot, because the `TRUNCATE` of a seal would show it empty
/// tables otherwise.
pub(super) const POSTGRES_BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
    LOCK TABLE campaigns, waves, sources, occasions, pending, rejections, sightings, \
     rulings, audit_units, effort_waves, effort_marks, \
     token_keys, invites, spent_tokens, reports, \
     gone, pending_marks, moderators, decisions, proposals, proposal_items IN ACCESS SHARE MODE";

/// A statement in both dialects.
#[derive(Debug, Clone, Copy)]
pub(super) struct Both {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// How many tables of ours have this name.
pub(super) const TABLE_EXISTS: Both = Both {
    sqlite: "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = $1",
    postgres: "SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = $1",
};

/// The table of applied migrations. It holds no time of installation.
pub(super) const CREATE_VERSIONS: Both = Both {
    sqlite: "CREATE TABLE IF NOT EXISTS schema_versions \
             (version INTEGER NOT NULL PRIMARY KEY, checksum BLOB NOT NULL) STRICT, WITHOUT ROWID",
    postgres: "CREATE TABLE IF NOT EXISTS schema_versions \
               (version BIGINT NOT NULL PRIMARY KEY, checksum BYTEA NOT NULL)",
};

/// Keeps two programs from migrating at once; the SQLite transaction has the lock already.
pub(super) const POSTGRES_LOCK_MIGRATIONS: &str = "SELECT pg_advisory_xact_lock(7308604759847661157)";

/// Waits until nobody else builds a release; held by the connection.
pub(super) const POSTGRES_LOCK_BUILDS: &str = "SELECT pg_advisory_lock(7308604759847661158)";
/// Lets the next one build.
pub(super) const POSTGRES_UNLOCK_BUILDS: &str = "SELECT pg_advisory_unlock(7308604759847661158)";

/// The limit of the queue of an occasion's campaign. PostgreSQL holds the row until the end of the transaction, so that
/// submissions are counted one after the other and none slips in beside a rejection.
pub(super) const LOCK_CAMPAIGN: Both = Both {
    sqlite: "SELECT max_pending FROM campaigns WHERE slug = (SELECT campaign FROM occasions WHERE id = $1)",
    postgres: "SELECT max_pending FROM campaigns WHERE slug = (SELECT campaign FROM occasions WHERE id = $1) \
               FOR NO KEY UPDATE",
};

/// A campaign by its slug, held until the end of the transaction, so that two programs do not open one epoch each.
pub(super) const HOLD_CAMPAIGN: Both = Both {
    sqlite: "SELECT slug FROM campaigns WHERE slug = $1",
    postgres: "SELECT slug FROM campaigns WHERE slug = $1 FOR NO KEY UPDATE",
};

/// A key that still signs, which stays so until the end of the transaction.
pub(super) const OPEN_KEY: Both = Both {
    sqlite: "SELECT epoch FROM token_keys WHERE campaign = $1 AND epoch = $2 AND team = $3 AND purpose = $4 \
             AND secret IS NOT NULL",
    postgres: "SELECT epoch FROM token_keys WHERE campaign = $1 AND epoch = $2 AND team = $3 AND purpose = $4 \
               AND secret IS NOT NULL FOR SHARE",
};

/// The same for all campaigns. SQLite has one writer, so nothing needs to be locked.
pub(super) const POSTGRES_LOCK_CAMPAIGNS: &str = "SELECT slug FROM campaigns ORDER BY slug FOR NO KEY UPDATE";

/// Moves the write-ahead log into the file and cuts it to nothing; the first column is 1 when a reader was in the way.
pub(super) const SQLITE_TRUNCATE_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
/// Copies every table in key order into fresh pages and forgets the old ones.
pub(super) const SQLITE_VACUUM: &str = "VACUUM";
/// The file and its indexes hold together; one row `ok`, else a sentence per fault.
pub(super) const SQLITE_INTEGRITY: &str = "PRAGMA integrity_check";

/// Rewrites every table that reports touch into new files, in key order, under one transaction number.
pub(super) const POSTGRES_REWRITE: &str = "
LOCK TABLE campaigns, waves, sources, occasions, pending, rejections, sightings, rulings, audit_units, effort_waves,
    effort_marks, token_keys, invites, spent_tokens, reports,
    gone, pending_marks, moderators, decisions, proposals, proposal_items IN ACCESS EXCLUSIVE MODE;
CREATE TEMPORARY TABLE sealing_campaigns ON COMMIT DROP AS SELECT * FROM campaigns;
CREATE TEMPORARY TABLE sealing_waves ON COMMIT DROP AS SELECT * FROM waves;
CREATE TEMPORARY TABLE sealing_sources ON COMMIT DROP AS SELECT * FROM sources;
CREATE TEMPORARY TABLE sealing_occasions ON COMMIT DROP AS SELECT * FROM occasions;
CREATE TEMPORARY TABLE sealing_pending ON COMMIT DROP AS SELECT * FROM pending;
CREATE TEMPORARY TABLE sealing_rejections ON COMMIT DROP AS SELECT * FROM rejections;
CREATE TEMPORARY TABLE sealing_sightings ON COMMIT DROP AS SELECT * FROM sightings;
CREATE TEMPORARY TABLE sealing_rulings ON COMMIT DROP AS SELECT * FROM rulings;
CREATE TEMPORARY TABLE sealing_audit_units ON COMMIT DROP AS SELECT * FROM audit_units;
CREATE TEMPORARY TABLE sealing_effort_waves ON COMMIT DROP AS SELECT * FROM effort_waves;
CREATE TEMPORARY TABLE sealing_effort_marks ON COMMIT DROP AS SELECT * FROM effort_marks;
CREATE TEMPORARY TABLE sealing_token_keys ON COMMIT DROP AS SELECT * FROM token_keys;
CREATE TEMPORARY TABLE sealing_invites ON COMMIT DROP AS SELECT * FROM invites;
CREATE TEMPORARY TABLE sealing_spent_tokens ON COMMIT DROP AS SELECT * FROM spent_tokens;
CREATE TEMPORARY TABLE sealing_reports ON COMMIT DROP AS SELECT * FROM reports;
CREATE TEMPORARY TABLE sealing_gone ON COMMIT DROP AS SELECT * FROM gone;
CREATE TEMPORARY TABLE sealing_pending_marks ON COMMIT DROP AS SELECT * FROM pending_marks;
CREATE TEMPORARY TABLE sealing_moderators ON COMMIT DROP AS SELECT * FROM moderators;
CREATE TEMPORARY TABLE sealing_decisions ON COMMIT DROP AS SELECT * FROM decisions;
CREATE TEMPORARY TABLE sealing_proposals ON COMMIT DROP AS SELECT * FROM proposals;
CREATE TEMPORARY TABLE sealing_proposal_items ON COMMIT DROP AS SELECT * FROM proposal_items;
TRUNCATE campaigns, waves, sources, occasions, pending, rejections, sightings, rulings, audit_units, effort_waves, effort_marks,
    token_keys, invites, spent_tokens, reports, gone, pending_marks, moderators, decisions, proposals, proposal_items;
INSERT INTO campaigns SELECT * FROM sealing_campaigns ORDER BY slug;
INSERT INTO waves SELECT * FROM sealing_waves ORDER BY campaign, slug;
INSERT INTO sources SELECT * FROM sealing_sources ORDER BY slug;
INSERT INTO occasions SELECT * FROM sealing_occasions ORDER BY id;
INSERT INTO pending SELECT * FROM sealing_pending ORDER BY id;
INSERT INTO rejections SELECT * FROM sealing_rejections ORDER BY id;
INSERT INTO sightings SELECT * FROM sealing_sightings ORDER BY cell, id;
INSERT INTO rulings SELECT * FROM sealing_rulings ORDER BY first, second;
INSERT INTO audit_units SELECT * FROM sealing_audit_units ORDER BY id;
INSERT INTO effort_waves SELECT * FROM sealing_effort_waves ORDER BY campaign, wave;
INSERT INTO effort_marks SELECT * FROM sealing_effort_marks ORDER BY campaign, wave, unit, pass;
INSERT INTO token_keys SELECT * FROM sealing_token_keys ORDER BY campaign, epoch, team, purpose;
INSERT INTO invites SELECT * FROM sealing_invites ORDER BY id;
INSERT INTO spent_tokens SELECT * FROM sealing_spent_tokens ORDER BY digest;
INSERT INTO reports SELECT * FROM sealing_reports ORDER BY id;
INSERT INTO gone SELECT * FROM sealing_gone ORDER BY cell, id;
INSERT INTO pending_marks SELECT * FROM sealing_pending_marks ORDER BY id;
INSERT INTO moderators SELECT * FROM sealing_moderators ORDER BY name;
INSERT INTO decisions SELECT * FROM sealing_decisions ORDER BY release, moderator, verdict, cell;
INSERT INTO proposals SELECT * FROM sealing_proposals ORDER BY id;
INSERT INTO proposal_items SELECT * FROM sealing_proposal_items ORDER BY proposal, item";
/// Clears away dead rows.
pub(super) const POSTGRES_VACUUM: &str = "VACUUM campaigns, waves, sources, occasions, pending, rejections, sightings, \
    rulings, audit_units, effort_waves, effort_marks, \
    token_keys, invites, spent_tokens, reports, gone, pending_marks, moderators, decisions, proposals, proposal_items";
/// Rewrites the queue into a new file. A plain vacuum frees the place of a deleted row but leaves its bytes there until
/// another row comes.
pub(super) const POSTGRES_VACUUM_PENDING: &str = "VACUUM FULL pending";
/// The same for signing keys and what belongs to them.
pub(super) const POSTGRES_VACUUM_TOKENS: &str = "VACUUM FULL token_keys, invites, spent_tokens";

/// Those of the above that can be prepared: one statement, and not about transactions or the file as a whole.
pub(super) const PREPARED: &[Both] = &[TABLE_EXISTS, CREATE_VERSIONS, LOCK_CAMPAIGN, HOLD_CAMPAIGN, OPEN_KEY];
/// The same, for PostgreSQL alone.
pub(super) const POSTGRES_PREPARED: &[&str] =
    &[POSTGRES_LOCK_MIGRATIONS, POSTGRES_LOCK_CAMPAIGNS, POSTGRES_LOCK_BUILDS, POSTGRES_UNLOCK_BUILDS];
/// The same, for SQLite alone.
pub(super) const SQLITE_PREPARED: &[&str] = &[SQLITE_TRUNCATE_LOG, SQLITE_VACUUM, SQLITE_INTEGRITY];
