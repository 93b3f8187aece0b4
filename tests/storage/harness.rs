//! A fresh database per test, and sightings to put into it.

use camera_census::model::{
    Campaign, IsoWeek, Kind, Occasion, OccasionId, Operator, PassLetter, PositionClass, Secret, Sighting, SightingId,
    SourceKind,
};
use camera_census::storage::{DatabaseKind, DatabaseUrl, OpenOptions, Store};
use h3o::{CellIndex, LatLng, Resolution};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::postgres;

/// Where a SQLite database lies; its directory has to be made first.
const FILE: &str = "deeper/census.db";

/// A database that is gone at the end of its test.
pub(crate) struct TestDatabase {
    pub(crate) store: Store,
    pub(crate) url: DatabaseUrl,
    home: Home,
}

enum Home {
    Directory(TempDir),
    Schema(postgres::Schema),
}

/// A fresh database; `None` where this kind is not to be had.
pub(crate) async fn database(kind: DatabaseKind) -> Option<TestDatabase> {
    let (url, home) = match kind {
        DatabaseKind::Sqlite => {
            let directory = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", directory.path().join(FILE).display());
            (url, Home::Directory(directory))
        }
        DatabaseKind::Postgres => {
            let schema = postgres::schema()?;
            (schema.url.clone(), Home::Schema(schema))
        }
    };
    let url: DatabaseUrl = url.parse().unwrap();
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    Some(TestDatabase { store, url, home })
}

/// A second way into the same database, for questions the store does not answer.
pub(crate) enum Raw {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

impl TestDatabase {
    pub(crate) async fn raw(&self) -> Raw {
        match &self.home {
            Home::Directory(directory) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(directory.path().join(FILE));
                Raw::Sqlite(sqlx::SqlitePool::connect_with(options).await.unwrap())
            }
            Home::Schema(schema) => Raw::Postgres(sqlx::PgPool::connect(&schema.url).await.unwrap()),
        }
    }

    /// The occasion of reports posted to the default campaign.
    pub(crate) async fn field(&self) -> OccasionId {
        self.store.occasion_id(&field("default")).await.unwrap()
    }

    /// Number of rows waiting and accepted.
    pub(crate) async fn totals(&self) -> (u64, u64) {
        let sum = |counts: Vec<(OccasionId, u64)>| counts.iter().map(|(_, count)| count).sum();
        (sum(self.store.pending_counts().await.unwrap()), sum(self.store.sighting_counts().await.unwrap()))
    }
}

/// Evaluates one expression with the pool of a [`Raw`] of either kind.
macro_rules! on_raw {
    ($raw:expr, $pool:ident => $body:expr) => {
        match $raw {
            $crate::harness::Raw::Sqlite($pool) => $body,
            $crate::harness::Raw::Postgres($pool) => $body,
        }
    };
}
pub(crate) use on_raw;

pub(crate) fn week(text: &str) -> IsoWeek {
    text.parse().unwrap()
}

pub(crate) fn field(campaign: &str) -> Occasion {
    Occasion {
        campaign: campaign.to_owned(),
        source: campaign.to_owned(),
        kind: SourceKind::Field,
        wave: None,
        pass: None,
        key_epoch: 0,
    }
}

pub(crate) fn pass(letter: &str) -> Occasion {
    Occasion { wave: Some("spring".to_owned()), pass: PassLetter::parse(letter), ..field("default") }
}

pub(crate) fn campaign(slug: &str, max_pending: u32) -> Campaign {
    Campaign {
        slug: slug.to_owned(),
        name: "A campaign".to_owned(),
        bounds: Some([7.4, 46.9, 7.5, 47.0]),
        intake: camera_census::model::Intake::Invited,
        max_pending,
    }
}

/// Bits that look random and are the same in every run.
pub(crate) fn bits(seed: u64) -> u64 {
    u64::from_be_bytes(Sha256::digest(seed.to_be_bytes())[..8].try_into().unwrap())
}

pub(crate) fn bits_128(seed: u64) -> [u8; 16] {
    Sha256::digest(seed.to_be_bytes())[16..32].try_into().unwrap()
}

/// A resolution-13 cell somewhere, in no order of `seed`.
pub(crate) fn cell(seed: u64) -> CellIndex {
    let fraction = |bits: u64| f64::from(u32::try_from(bits >> 32).unwrap()) / f64::from(u32::MAX);
    let latitude = 46.0 + fraction(bits(seed));
    let longitude = 7.0 + fraction(bits(seed ^ 1 << 63));
    LatLng::new(latitude, longitude).unwrap().to_cell(Resolution::Thirteen)
}

pub(crate) fn sighting(seed: u64) -> Sighting {
    let pick = bits(seed.wrapping_mul(31));
    Sighting {
        cell: cell(seed),
        kind: Kind::ALL[usize::try_from(pick % 4).unwrap()],
        operator: Operator::Business,
        mount: camera_census::model::Mount::Wall,
        linked: camera_census::model::Linked::No,
        maker: camera_census::model::Maker::find("Axis").unwrap_or_default(),
        basis: camera_census::model::Basis::Seen,
        facing: camera_census::model::Facing::bearing(90.0).unwrap(),
        heads: 2,
        week: (!pick.is_multiple_of(5)).then(|| week("2024-W20")),
        position: PositionClass::Gps10,
        slot: u8::try_from(pick % 3).unwrap(),
    }
}

/// The sightings of one submission, as a client with this secret sends them.
pub(crate) fn submission(secret: u64, sightings: std::ops::Range<u64>) -> Vec<(SightingId, Sighting)> {
    let secret = Secret::from_bytes(bits_128(secret));
    (0..).zip(sightings).map(|(ordinal, seed)| (secret.sighting_id(ordinal), sighting(seed))).collect()
}

pub(crate) fn ids(submission: &[(SightingId, Sighting)]) -> Vec<SightingId> {
    submission.iter().map(|(id, _)| *id).collect()
}

/// Randomness that is the same in every run.
pub(crate) fn random(seed: u64) -> impl FnMut() -> [u8; 16] {
    let mut next = seed << 32;
    move || {
        next += 1;
        bits_128(next)
    }
}
