//! The list of all fixed statements, for a test that prepares each of them on both databases.

use super::{
    DatabaseKind, areas, campaigns, decisions, dialect, effort, figures, gone, homes, import, marks, migrate,
    moderators, occasions, pooling, proposals, removal, reports, review, rulings, seal, settings, sightings, sources,
    submissions, tokens, traces, waves,
};

/// Every fixed statement of the room as one database gets it. Lists of rows and ids are built as they come.
pub fn statements(kind: DatabaseKind) -> impl Iterator<Item = &'static str> {
    let common = [
        areas::STATEMENTS,
        campaigns::STATEMENTS,
        decisions::STATEMENTS,
        effort::STATEMENTS,
        figures::STATEMENTS,
        gone::STATEMENTS,
        homes::STATEMENTS,
        import::STATEMENTS,
        marks::STATEMENTS,
        migrate::STATEMENTS,
        moderators::STATEMENTS,
        occasions::STATEMENTS,
        pooling::STATEMENTS,
        proposals::STATEMENTS,
        removal::STATEMENTS,
        reports::STATEMENTS,
        review::STATEMENTS,
        rulings::STATEMENTS,
        seal::STATEMENTS,
        settings::STATEMENTS,
        sightings::STATEMENTS,
        sources::STATEMENTS,
        submissions::STATEMENTS,
        tokens::STATEMENTS,
        traces::STATEMENTS,
        waves::STATEMENTS,
    ];
    let own = match kind {
        DatabaseKind::Sqlite => dialect::SQLITE_PREPARED,
        DatabaseKind::Postgres => dialect::POSTGRES_PREPARED,
    };
    let differing = dialect::PREPARED.iter().map(move |both| match kind {
        DatabaseKind::Sqlite => both.sqlite,
        DatabaseKind::Postgres => both.postgres,
    });
    common.into_iter().flatten().chain(own).copied().chain(differing)
}
