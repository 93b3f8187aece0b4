//! Taking in reports that a camera is gone or never was one.

use h3o::{CellIndex, Resolution};
use serde_json::value::RawValue;

use super::error::AppError;
use super::tokens::{Admission, AdmitError, admit};
use crate::ingest::{Candidate, Census, Formats, Limits, ReadOptions, Sink, read};
use crate::model::{
    Campaign, Claim, IsoWeek, Kind, Occasion, PassLetter, Problem, Report, Secret, Sighting, SourceKind, TokenPurpose,
};
use crate::privacy::coarsen;
use crate::storage::{StorageError, Store, StoredReport};

/// Bytes of one report.
pub const MAX_REPORT: usize = 8 << 10;

/// Why a report was not taken. Nothing was stored or spent.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Something in it cannot be accepted.
    #[error("the report could not be accepted")]
    Refused(Vec<Problem>),
    /// It is no JSON object.
    #[error("the body is not a JSON object; the description of the API says what a report looks like")]
    Broken,
    /// Not let in.
    #[error(transparent)]
    Token(AdmitError),
    /// The secret stands for another report already.
    #[error("this Idempotency-Key was used for another report; make a new one for each, and send this one again")]
    SecretReused,
    /// Too much waits.
    #[error("too many reports wait for review in this campaign; send this one again later")]
    QueueFull,
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StorageError> for ReportError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::TooManyPending { .. } => Self::QueueFull,
            StorageError::SecretReused => Self::SecretReused,
            StorageError::TokenSpent | StorageError::EpochClosed => Self::Token(error.into()),
            other => Self::App(other.into()),
        }
    }
}

/// A report as it is sent. The place stays unread text until the reader of reports makes a candidate of it.
#[derive(serde::Deserialize)]
struct Sent<'a> {
    #[serde(borrow)]
    place: Option<&'a RawValue>,
    cell: Option<String>,
    kind: Option<String>,
    claim: Option<String>,
    #[serde(borrow)]
    observed: Option<&'a RawValue>,
    census: Option<SentCensus>,
}

#[derive(Default, serde::Deserialize)]
struct SentCensus {
    campaign: Option<String>,
    wave: Option<String>,
    pass: Option<String>,
}

/// Judges a posted report and keeps it for a moderator, under an id derived from the submitter's secret: the same again
/// changes nothing. `token` is the header `Census-Token`, of the purpose marks.
///
/// # Errors
/// When the report, the token or the campaign is not good, or the database fails.
pub async fn report(
    store: &Store,
    secret: &Secret,
    token: Option<&str>,
    body: &[u8],
    week: IsoWeek,
) -> Result<(), ReportError> {
    let sent: Sent<'_> = serde_json::from_slice(body).map_err(|_any| ReportError::Broken)?;
    let report = judge(&sent, week).map_err(|problem| ReportError::Refused(vec![problem]))?;
    let census = sent.census.unwrap_or_default();
    let admission = match admit(store, token, census.campaign.as_deref(), TokenPurpose::Marks).await {
        Err(AdmitError::NoCampaign) => return Err(refused("/census/campaign", "no_campaign", NO_CAMPAIGN)),
        Err(AdmitError::App(error)) => return Err(ReportError::App(error)),
        other => other.map_err(ReportError::Token)?,
    };
    let occasion = occasion(store, admission.as_ref(), &census).await?;
    let stored = StoredReport { report, id: secret.sighting_id(0), occasion: store.occasion_id(&occasion).await? };
    store.insert_report(&stored, admission.as_ref().map(|admission| &admission.spend)).await?;
    Ok(())
}

const NO_CAMPAIGN: &str = "There is no such campaign here; leave the member out to use the default one.";

fn problem(pointer: &str, code: &'static str, message: &str) -> Problem {
    Problem { pointer: pointer.to_owned(), code, message: message.to_owned() }
}

fn refused(pointer: &str, code: &'static str, message: &str) -> ReportError {
    ReportError::Refused(vec![problem(pointer, code, message)])
}

/// The report, as coarse as it is stored.
fn judge(sent: &Sent<'_>, current_week: IsoWeek) -> Result<Report, Problem> {
    let claim = sent.claim.as_deref().and_then(Claim::from_word);
    let claim = claim.ok_or_else(|| problem("/claim", "bad_claim", "A claim is gone or not_a_camera."))?;
    let kind = match sent.kind.as_deref() {
        None => Kind::Unknown,
        Some(word) => Kind::from_word(word).ok_or_else(|| {
            problem("/kind", "unknown_kind", "This is no kind of camera; leave the member out if you do not know.")
        })?,
    };
    let (cell, seen) = match (sent.place, sent.cell.as_deref()) {
        (Some(place), None) => {
            let sighting = coarse(place, sent.observed, kind, current_week)?;
            (sighting.cell, sighting.week)
        }
        (None, Some(text)) => {
            let cell = text.parse::<CellIndex>().ok().filter(|cell| cell.resolution() == Resolution::Thirteen);
            let cell = cell.ok_or_else(|| problem("/cell", "bad_cell", "A cell is an H3 index of resolution 13."))?;
            // The week is read like that of every report, from a place that says nothing.
            let anywhere = RawValue::from_string(r#"{"type":"Point","coordinates":[1,1]}"#.to_owned());
            let anywhere = anywhere.map_err(|_broken| problem("/cell", "bad_cell", "The cell cannot be read."))?;
            (cell, coarse(&anywhere, sent.observed, kind, current_week)?.week)
        }
        _ => {
            let message = "State where it was: a GeoJSON Point as place, or an H3 cell as cell, and not both.";
            return Err(problem("/place", "no_place", message));
        }
    };
    if kind == Kind::Doorbell || cell.resolution() != Resolution::Thirteen {
        let message = "Home cameras are not told apart, so none can be named as gone; /privacy says how a household is \
                       left out.";
        return Err(problem("/kind", "home_camera", message));
    }
    Ok(Report { cell, kind, claim, week: seen.unwrap_or(current_week) })
}

/// Reads the place as that of a sighting is read, and makes a cell of it at once.
fn coarse(
    place: &RawValue,
    observed: Option<&RawValue>,
    kind: Kind,
    current_week: IsoWeek,
) -> Result<Sighting, Problem> {
    let observed = observed.map_or("null", RawValue::get);
    let feature = format!(
        r#"{{"type":"Feature","geometry":{},"properties":{{"kind":"{kind}","observed":{observed}}}}}"#,
        place.get()
    );
    let options = ReadOptions {
        formats: Formats::Geojson,
        mapping: None,
        gunzip: false,
        bounds: None,
        repair_swapped: false,
        kind_required: true,
        default_week: Some(current_week),
        current_week,
        limits: Limits { features: 1, feature_bytes: MAX_REPORT * 2 },
    };
    let mut sink = One(None);
    let no_place = || problem("/place", "no_place", "The place is not a GeoJSON Point.");
    let report = read(feature.as_bytes(), &options, &mut sink).map_err(|_io| no_place())?;
    sink.0.ok_or_else(|| {
        let first = report.problems.into_iter().next();
        first.map_or_else(no_place, |problem| Problem { pointer: renamed(&problem.pointer), ..problem })
    })
}

/// A pointer into the feature as one into the report.
fn renamed(pointer: &str) -> String {
    match pointer.strip_prefix("/geometry") {
        Some(rest) => format!("/place{rest}"),
        None => pointer.strip_prefix("/properties").unwrap_or("/place").to_owned(),
    }
}

struct One(Option<Sighting>);

impl Sink for One {
    fn candidate(&mut self, candidate: Candidate) {
        self.0 = Some(coarsen(candidate));
    }

    fn end_document(&mut self, _: &Census) {}

    fn discard_document(&mut self) {
        self.0 = None;
    }
}

/// The occasion of a report: that of its token, else what it says itself.
async fn occasion(store: &Store, admission: Option<&Admission>, census: &SentCensus) -> Result<Occasion, ReportError> {
    let pass = census.pass.as_deref().map(|pass| {
        PassLetter::parse(pass).ok_or_else(|| refused("/census/pass", "bad_pass", "A pass is a letter, A to F."))
    });
    let pass = pass.transpose()?;
    if let Some(admission) = admission {
        let differs =
            census.wave.is_some() && census.wave != admission.wave || pass.is_some() && pass != admission.pass;
        if differs {
            let message = "The token says which wave and pass it is of; leave them out.";
            return Err(refused("/census", "token_other_census", message));
        }
        return Ok(admission.occasion());
    }
    let slug = census.campaign.as_deref().unwrap_or(Campaign::DEFAULT_SLUG);
    match &census.wave {
        Some(wave) => match store.wave(slug, wave).await? {
            None => return Err(refused("/census/wave", "no_wave", "The campaign has no such wave.")),
            Some(wave) if wave.closed.is_some() => {
                return Err(refused("/census/wave", "wave_closed", "This wave is closed and takes no more reports."));
            }
            Some(_) => {}
        },
        None if pass.is_some() => {
            let message = "A pass is part of a wave; name the wave as well.";
            return Err(refused("/census/pass", "pass_without_wave", message));
        }
        None => {}
    }
    Ok(Occasion {
        campaign: slug.to_owned(),
        source: slug.to_owned(),
        kind: SourceKind::Field,
        wave: census.wave.clone(),
        pass,
        key_epoch: 0,
    })
}
