//! Promise P4: no stored value decodes to a moment near now.

use camera_census::figures::{shipped_deployments, shipped_figures};
use camera_census::model::{
    Claim, Decision, Kind, Occasion, PassLetter, RejectReason, Report, RowsMode, SightingId, Source, SourceKind,
    TokenPurpose, UnitState, Verdict,
};
use camera_census::storage::{
    DatabaseKind, NewGone, PendingMark, Proposal, Proposed, Selection, Signature, Stored, StoredReport,
};
use rstest::rstest;

use super::areas::area_set;
use super::effort::some_effort;
use super::harness::{Raw, bits_128, database, field, ids, random, sighting, submission, week};
use super::review::accepted;
use super::schema::columns;

/// Seconds from 1970 to the other epochs that programs count from.
const EPOCHS: [i128; 4] = [0, 946_684_800, -11_644_473_600, -12_219_292_800];
/// How near is near, in seconds.
const NEAR: i128 = 2 * 86_400;

/// One value of a row.
#[derive(Debug)]
enum Value {
    Number(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Whether a number of units since any usual epoch is about `now` (seconds since 1970).
fn number_is_near(number: i128, now: i128) -> bool {
    [1, 1_000, 1_000_000, 10_000_000, 1_000_000_000].iter().any(|units_per_second| {
        EPOCHS.iter().any(|epoch| ((now - epoch) * units_per_second - number).abs() < NEAR * units_per_second)
    })
}

/// The moment inside a UUID of version 1 or 7, or a ULID, or bytes that are a big- or little-endian number.
fn bytes_are_near(bytes: &[u8], now: i128) -> bool {
    let number = |bytes: &[u8]| bytes.iter().fold(0_i128, |number, byte| number << 8 | i128::from(*byte));
    let milliseconds = |number: i128| (number - now * 1_000).abs() < NEAR * 1_000;
    match bytes {
        [_, _, _, _] | [_, _, _, _, _, _, _, _] => {
            let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
            number_is_near(number(bytes), now) || number_is_near(number(&reversed), now)
        }
        [low @ .., _, _, _, _, _, _, _, _] if low.len() == 8 => {
            let version = bytes[6] >> 4;
            let ticks = (number(&bytes[6..8]) & 0x0fff) << 48 | number(&bytes[4..6]) << 32 | number(&bytes[..4]);
            let version_1 = version == 1 && (ticks - (now + 12_219_292_800) * 10_000_000).abs() < NEAR * 10_000_000;
            version_1 || milliseconds(number(&bytes[..6]))
        }
        _ => false,
    }
}

/// A date or a number in a text that is about now.
fn text_is_near(text: &str, now: i128) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse::<i128>().ok());
    let today = |offset: i128| {
        let second = i64::try_from(now + offset * 86_400).unwrap();
        jiff::Timestamp::from_second(second).unwrap().to_zoned(jiff::tz::TimeZone::UTC).date()
    };
    let dates = [-1, 0, 1].map(today);
    let plain = text.replace(['-', '/', '.', ' ', ':'], "");
    digits.into_iter().any(|number| number_is_near(number, now))
        || dates.iter().any(|date| plain.contains(&date.strftime("%Y%m%d").to_string()))
        || dates.iter().any(|date| text.contains(&date.strftime("%d %b %Y").to_string()))
}

impl Value {
    fn is_near(&self, now: i128) -> bool {
        match self {
            Self::Number(number) => number_is_near(i128::from(*number), now),
            #[expect(clippy::cast_possible_truncation, reason = "only about equal is asked")]
            Self::Real(real) => {
                let julian_day_seconds = (*real - 2_440_587.5) * 86_400.0;
                number_is_near(*real as i128, now) || (julian_day_seconds as i128 - now).abs() < NEAR
            }
            Self::Text(text) => text_is_near(text, now),
            Self::Bytes(bytes) => bytes_are_near(bytes, now),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the question is whether anything looks like the present moment")]
fn now() -> i128 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i128::from(since.as_secs())
}

#[test]
fn a_moment_is_recognised_in_every_usual_coding() {
    let now = now();
    let number = |number: i128| Value::Number(i64::try_from(number).unwrap());
    let ticks = (now + 12_219_292_800) * 10_000_000;
    let milliseconds = (now * 1_000).to_be_bytes();
    let mut version_7 = vec![0; 16];
    version_7[..6].copy_from_slice(&milliseconds[10..]);
    let mut version_1 = vec![0; 16];
    version_1[..4].copy_from_slice(&ticks.to_be_bytes()[12..]);
    version_1[4..6].copy_from_slice(&ticks.to_be_bytes()[10..12]);
    version_1[6..8].copy_from_slice(&(ticks >> 48 & 0x0fff | 0x1000).to_be_bytes()[14..]);
    let date = jiff::Timestamp::from_second(i64::try_from(now).unwrap()).unwrap();
    let moments = [
        number(now),
        number(now * 1_000),
        number(now * 1_000_000),
        number(now * 1_000_000_000),
        number(now - 946_684_800),
        number((now + 11_644_473_600) * 10_000_000),
        Value::Bytes(u32::try_from(now).unwrap().to_le_bytes().to_vec()),
        Value::Bytes(version_7),
        Value::Bytes(version_1),
        Value::Text(date.to_string()),
        Value::Text(format!("at {now}")),
    ];
    for moment in moments {
        assert!(moment.is_near(now), "{moment:?}");
    }
    for other in [number(202_647), number(0), Value::Bytes(bits_128(1).to_vec()), Value::Text("default".to_owned())] {
        assert!(!other.is_near(now), "{other:?}");
    }
}

/// Every value of a column, whatever its type.
async fn values(raw: &Raw, table: &str, column: &str) -> Vec<Value> {
    macro_rules! read {
        ($pool:expr, $type:ty, $value:expr) => {{
            let mut query = sqlx::QueryBuilder::new("SELECT ");
            query.push(column).push(" FROM ").push(table).push(" WHERE ").push(column).push(" IS NOT NULL");
            query.build_query_scalar::<$type>().fetch_all($pool).await.map(|all| all.into_iter().map($value).collect())
        }};
    }
    macro_rules! any {
        ($pool:expr) => {{
            let tries: [Result<Vec<Value>, sqlx::Error>; 4] = [
                read!($pool, i64, Value::Number),
                read!($pool, f64, Value::Real),
                read!($pool, String, Value::Text),
                read!($pool, Vec<u8>, Value::Bytes),
            ];
            tries.into_iter().find_map(Result::ok).unwrap_or_else(|| panic!("{table}.{column} has another type"))
        }};
    }
    match raw {
        Raw::Sqlite(pool) => any!(pool),
        Raw::Postgres(pool) => any!(pool),
    }
}

#[rstest]
#[tokio::test]
async fn no_stored_value_decodes_to_a_moment_near_now(
    #[values(DatabaseKind::Sqlite, DatabaseKind::Postgres)] kind: DatabaseKind,
) {
    let Some(db) = database(kind).await else { return };
    let field_occasion = db.field().await;
    let report = submission(1, 0..300);
    let all = ids(&report);
    db.store.insert_submission(&report, field_occasion, None).await.unwrap();
    db.store.approve(Selection::Ids(&all[..100]), random(1)).await.unwrap();
    db.store.reject(Selection::Ids(&all[100..200]), RejectReason::Other, week("2024-W21")).await.unwrap();
    db.store.open_wave("default", "spring", week("2024-W20")).await.unwrap();
    db.store.close_wave("default", "spring", week("2024-W22")).await.unwrap();
    db.store.setting_or_insert("key", || bits_128(5).to_vec()).await.unwrap();
    db.store.put_figures(shipped_figures()).await.unwrap();
    db.store.put_deployments(shipped_deployments()).await.unwrap();
    let source = Source {
        slug: "city".to_owned(),
        name: "City".to_owned(),
        licence: "CC0-1.0".to_owned(),
        attribution: Some("The city".to_owned()),
        is_list: true,
        rows: RowsMode::Register,
    };
    let mut import = db.store.begin_import(&source, true).await.unwrap();
    let list = Occasion { source: source.slug, kind: SourceKind::List, ..field("default") };
    let occasion = import.occasion_id(&list).await.unwrap();
    import.insert(&[Stored { sighting: sighting(1), id: SightingId(bits_128(1)), occasion }]).await.unwrap();
    import.finish().await.unwrap();
    db.store.add_area_set(&area_set("wards", "2012")).await.unwrap();
    db.store.add_effort(&some_effort("spring"), week("2024-W20"), true).await.unwrap();
    let accepted: Vec<SightingId> = accepted(&db).await.into_iter().map(|row| row.id).collect();
    db.store.rule(accepted[0], accepted[1], Verdict::Different).await.unwrap();

    crate::tokens::invite(&db.store, None, None, 7).await;
    db.store.note_batch(&bits_128(7), TokenPurpose::Sightings, &[0x77; 32]).await.unwrap();
    db.store.insert_submission(&submission(2, 0..1), field_occasion, Some(&crate::tokens::spend(1, 9))).await.unwrap();

    let (here, now_week) = (sighting(3).cell, week("2024-W20"));
    let record = NewGone { cell: here, kind: Kind::Dome, week: now_week, occasion: field_occasion };
    db.store.accept_gone(&[record], random(3)).await.unwrap();
    let report = Report { cell: here, kind: Kind::Dome, claim: Claim::Gone, week: now_week };
    let report = StoredReport { report, id: SightingId(bits_128(11)), occasion: field_occasion };
    db.store.insert_report(&report, None).await.unwrap();
    let unit = db.store.effort().await.unwrap().units[0].id;
    db.store.open_wave("default", "summer", now_week).await.unwrap();
    let summer = Occasion { wave: Some("summer".to_owned()), pass: PassLetter::parse("A"), ..field("default") };
    let occasion = db.store.occasion_id(&summer).await.unwrap();
    let mark = PendingMark { id: SightingId(bits_128(12)), occasion, unit, state: UnitState::Complete };
    db.store.insert_mark(mark, 100, None).await.unwrap();
    db.store.invite_moderator("first", &[0x61; 32]).await.unwrap();
    let signature = Signature { moderator: "first", release: "" };
    let regions = [(camera_census::model::region_of(here), 3)].into();
    db.store.log_decisions(&signature, Decision::Approved, &regions).await.unwrap();
    let proposed = Proposed {
        decision: Decision::Approved,
        reason: RejectReason::Other,
        campaign: "default".to_owned(),
        epoch: None,
        bounds: Some([5.0, 46.0, 6.0, 47.0]),
        items: vec![SightingId(bits_128(13))],
    };
    let proposal = Proposal { id: SightingId(bits_128(14)), moderator: "first".to_owned(), proposed };
    db.store.propose(&proposal).await.unwrap();

    let (raw, now) = (db.raw().await, now());
    for (table, columns) in columns(&raw).await {
        let mut rows = 0;
        for column in columns {
            let values = values(&raw, &table, &column).await;
            rows = rows.max(values.len());
            let moment = values.iter().find(|value| value.is_near(now));
            assert!(moment.is_none(), "{table}.{column} holds {moment:?}, which is a moment");
        }
        assert!(rows > 0, "{table} is empty, so nothing was looked at");
    }
}
