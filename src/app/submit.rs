//! Taking in what a volunteer posts: judged feature by feature, stored as pending, all or nothing.

use std::io;

use super::error::AppError;
use super::tokens::{Admission, AdmitError, admit};
use crate::ingest::{Candidate, Census, Formats, Limits, ReadOptions, Sink, read};
use crate::matching::assign_slots;
use crate::model::{
    Campaign, DocumentReport, FileReport, IsoWeek, Occasion, Problem, Secret, Sighting, SourceKind, TokenPurpose,
};
use crate::privacy::coarsen;
use crate::storage::{StorageError, Store};

/// Features in one submission; also how many ids a receipt stands for.
pub(super) const MAX_FEATURES: u64 = 5_000;
/// Bytes of one feature.
const MAX_FEATURE_BYTES: usize = 64 << 10;

/// What was taken in.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Submission {
    /// Features that now wait for review.
    pub accepted: u64,
    /// Features refused.
    pub refused: u64,
    /// The report on the one document, in the shape of the command line's.
    pub files: Vec<FileReport>,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// Every feature was refused, or the document as a whole.
    #[error("nothing in the document could be accepted")]
    NothingAccepted(Box<Submission>),
    /// The campaign takes reports with tokens only.
    #[error("this campaign takes reports from invited volunteers only; ask its coordinator for an invite")]
    InvitedOnly,
    /// The token that came with it is not good.
    #[error(transparent)]
    Token(AdmitError),
    /// The secret stands for something else already.
    #[error("this Idempotency-Key was used for another submission; make a new one for each, and send this one again")]
    SecretReused,
    /// Too much waits for review.
    #[error("too many reports wait for review in this campaign; send this one again later")]
    QueueFull,
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StorageError> for SubmitError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::TooManyPending { .. } => Self::QueueFull,
            StorageError::SecretReused => Self::SecretReused,
            StorageError::TokenSpent | StorageError::EpochClosed => Self::Token(error.into()),
            other => Self::App(other.into()),
        }
    }
}

impl From<AdmitError> for SubmitError {
    fn from(error: AdmitError) -> Self {
        match error {
            AdmitError::InvitedOnly => Self::InvitedOnly,
            AdmitError::App(error) => Self::App(error),
            other => Self::Token(other),
        }
    }
}

/// Judges a posted body and stores what is good in it, under ids derived from the submitter's secret: sending the same
/// body with the same secret again changes nothing. `token` is the header `Census-Token`, which pays for one sighting.
///
/// # Errors
/// When nothing could be accepted, the campaign does not take it, the token is not good, or the database fails. Nothing was
/// stored or spent then.
pub async fn submit(
    store: &Store,
    secret: &Secret,
    token: Option<&str>,
    body: &[u8],
    week: IsoWeek,
) -> Result<Submission, SubmitError> {
    let mut sink = Documents::default();
    let report = judge(body, week, &mut sink).map_err(AppError::from)?;
    let mut submission = Submission {
        accepted: report.accepted,
        refused: report.refused,
        files: vec![FileReport { path: "(request body)".to_owned(), report }],
    };
    if submission.accepted == 0 {
        return Err(SubmitError::NothingAccepted(Box::new(submission)));
    }
    let census = match sink.census() {
        Ok(census) => census,
        Err(problem) => return Err(refuse_all(&mut submission, &problem)),
    };
    if token.is_some() && submission.accepted + submission.refused > 1 {
        return Err(refuse_all(&mut submission, &one_by_one()));
    }
    let admission = match admit(store, token, census.campaign.as_deref(), TokenPurpose::Sightings).await {
        Err(AdmitError::NoCampaign) => return Err(refuse_all(&mut submission, &no_campaign())),
        other => other?,
    };
    let occasion = match &admission {
        Some(admission) => of_token(admission, &census),
        None => occasion_of(store, &census).await?,
    };
    let occasion = match occasion {
        Ok(occasion) => store.occasion_id(&occasion).await?,
        Err(problem) => return Err(refuse_all(&mut submission, &problem)),
    };
    let sightings: Vec<_> = (0..).zip(sink.into_sightings()).map(|(i, s)| (secret.sighting_id(i), s)).collect();
    store.insert_submission(&sightings, occasion, admission.as_ref().map(|admission| &admission.spend)).await?;
    Ok(submission)
}

fn judge(body: &[u8], week: IsoWeek, sink: &mut Documents) -> io::Result<DocumentReport> {
    let options = ReadOptions {
        formats: Formats::Geojson,
        mapping: None,
        gunzip: false,
        bounds: None,
        repair_swapped: false,
        kind_required: true,
        default_week: Some(week),
        current_week: week,
        limits: Limits { features: MAX_FEATURES, feature_bytes: MAX_FEATURE_BYTES },
    };
    read(body, &options, sink)
}

fn refuse_all(submission: &mut Submission, problem: &Problem) -> SubmitError {
    for file in &mut submission.files {
        let report = &mut file.report;
        *report = DocumentReport {
            format: report.format,
            features: report.features,
            refused: report.features,
            refused_by: [(problem.code, report.features)].into(),
            problems: vec![problem.clone()],
            ..DocumentReport::default()
        };
        submission.refused = report.refused;
    }
    submission.accepted = 0;
    SubmitError::NothingAccepted(Box::new(submission.clone()))
}

fn no_campaign() -> Problem {
    problem_at(
        "campaign",
        "no_campaign",
        "There is no such campaign here; leave the member out to use the default one.",
    )
}

/// A token that paid for several sightings would say that they came together.
fn one_by_one() -> Problem {
    Problem {
        pointer: String::new(),
        code: "one_sighting_per_token",
        message: "A token pays for one sighting. Send each feature in a request of its own, with a token of its own."
            .to_owned(),
    }
}

fn problem_at(member: &str, code: &'static str, message: &str) -> Problem {
    Problem { pointer: format!("/census/{member}"), code, message: message.to_owned() }
}

/// The occasion that a token stands for, unless the document claims another.
fn of_token(admission: &Admission, census: &Census) -> Result<Occasion, Problem> {
    let contradicted = |member| {
        let message = "The token is of another one, and decides; leave the member out.";
        Err(problem_at(member, "token_contradicted", message))
    };
    if census.wave.is_some() && census.wave != admission.wave {
        return contradicted("wave");
    }
    if census.pass.is_some() && census.pass != admission.pass {
        return contradicted("pass");
    }
    Ok(admission.occasion())
}

/// The occasion a document without a token belongs to, or why there is none.
async fn occasion_of(store: &Store, census: &Census) -> Result<Result<Occasion, Problem>, SubmitError> {
    let problem = |member: &str, code, message: &str| Ok(Err(problem_at(member, code, message)));
    let slug = census.campaign.as_deref().unwrap_or(Campaign::DEFAULT_SLUG);
    match &census.wave {
        Some(wave) => match store.wave(slug, wave).await? {
            None => {
                return problem("wave", "no_wave", "The campaign has no such wave; ask its coordinator for the name.");
            }
            Some(wave) if wave.closed.is_some() => {
                return problem("wave", "wave_closed", "This wave is closed and takes no more reports.");
            }
            Some(_) => {}
        },
        None if census.pass.is_some() => {
            return problem("pass", "pass_without_wave", "A pass is part of a wave; name the wave as well.");
        }
        None => {}
    }
    Ok(Ok(Occasion {
        campaign: slug.to_owned(),
        source: slug.to_owned(),
        kind: SourceKind::Field,
        wave: census.wave.clone(),
        pass: census.pass,
        key_epoch: 0,
    }))
}

/// Sightings in the order they were read, by document: what one observer saw.
#[derive(Default)]
struct Documents {
    done: Vec<(Census, Vec<Sighting>)>,
    current: Vec<Sighting>,
}

impl Sink for Documents {
    fn candidate(&mut self, candidate: Candidate) {
        self.current.push(coarsen(candidate));
    }

    fn end_document(&mut self, census: &Census) {
        let sightings = std::mem::take(&mut self.current);
        if !sightings.is_empty() {
            self.done.push((census.clone(), sightings));
        }
    }

    fn discard_document(&mut self) {
        self.current.clear();
    }
}

impl Documents {
    /// The one census member of all documents: a submission is stored in one go, under one occasion.
    fn census(&self) -> Result<Census, Problem> {
        let mut all = self.done.iter().map(|(census, _)| census);
        let first = all.next().cloned().unwrap_or_default();
        if all.all(|census| *census == first) {
            return Ok(first);
        }
        Err(Problem {
            pointer: String::new(),
            code: "mixed_census",
            message: "The lines name different campaigns, waves or passes; send each of them in a request of its own."
                .to_owned(),
        })
    }

    /// All sightings in order. A device that sends one by one has assigned slots itself; where several came in one
    /// document they are worked out here.
    fn into_sightings(self) -> Vec<Sighting> {
        self.done
            .into_iter()
            .flat_map(|(_, mut sightings)| {
                if sightings.len() > 1 {
                    assign_slots(&mut sightings);
                }
                sightings
            })
            .collect()
    }
}
