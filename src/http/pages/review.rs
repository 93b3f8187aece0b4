//! The pages of moderators.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;
use crate::app::{Desk, DeskMarks, DeskReport, Logged, Proposal};
use crate::http::assets;
use crate::model::{Camera, Claim, Decision, Kind, Operator, RejectReason, Sighting, SightingId, UnitState};

/// Where a moderator logs in.
#[derive(Debug, Template)]
#[template(path = "review_login.html")]
pub struct LoginPage {
    /// Header and footer.
    pub page: PageContext,
    /// Key of what went wrong; empty at first.
    pub problem: &'static str,
}

/// Where a one-time link is used.
#[derive(Template)]
#[template(path = "review_join.html")]
pub struct JoinPage {
    /// Header and footer.
    pub page: PageContext,
    /// Name and passphrase, shown once.
    pub joined: Option<(String, String)>,
    /// Key of what went wrong; empty at first.
    pub problem: &'static str,
}

impl JoinPage {
    /// The script that takes the code from the address.
    #[must_use]
    pub fn script(&self) -> Option<String> {
        assets::REVIEW_JS.map(|path| self.page.file(path))
    }
}

/// The queue and everything beside it.
#[derive(Template)]
#[template(path = "review.html")]
pub struct DeskPage {
    /// Header and footer.
    pub page: PageContext,
    /// What every form carries.
    pub session: String,
    /// Name of the moderator.
    pub moderator: String,
    /// What waits.
    pub desk: Desk,
    /// The preview map, drawn.
    pub map: String,
    /// What the last decision came to.
    pub said: Option<String>,
}

impl DeskPage {
    /// The script of the keyboard.
    #[must_use]
    pub fn script(&self) -> Option<String> {
        assets::REVIEW_JS.map(|path| self.page.file(path))
    }

    /// Number of the page, from 1.
    #[must_use]
    pub const fn number(&self) -> usize {
        self.desk.page + 1
    }

    /// Numbers of the pages before and after this one.
    #[must_use]
    pub fn neighbours(&self) -> (Option<usize>, Option<usize>) {
        let number = self.number();
        (number.checked_sub(1).filter(|before| *before > 0), (number < self.desk.pages).then_some(number + 1))
    }

    /// The address of a page of the queue in this language.
    #[must_use]
    pub fn at(&self, number: &usize) -> String {
        format!("/review?language={}&page={number}", self.page.language.code())
    }

    /// Words and names of the reasons to reject.
    #[must_use]
    pub fn reasons(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        let word = |reason: &RejectReason| (reason.word(), self.page.t(&format!("reject-{}", reason.word())));
        RejectReason::ALL.iter().rev().map(word).collect()
    }

    /// Kind, operator and number of heads, in words.
    #[must_use]
    pub fn what(&self, sighting: &Sighting) -> String {
        let Sighting { kind, operator, heads, .. } = sighting;
        let heads = self.page.tn("review-heads", &u64::from(*heads));
        format!("{}, {}, {heads}", self.kind(*kind), self.operator(*operator))
    }

    /// The week of a report, or that it states none.
    #[must_use]
    pub fn week(&self, sighting: &Sighting) -> String {
        sighting.week.map_or_else(|| self.page.t("review-no-week").into_owned(), |week| week.to_string())
    }

    /// State and flags of a report, in words.
    #[must_use]
    pub fn found(&self, report: &DeskReport) -> Vec<(&'static str, Cow<'static, str>)> {
        let state = (report.state.word(), self.page.t(&format!("review-state-{}", report.state.word())));
        let flags = report.flags.iter().map(|flag| (flag.word(), self.page.t(&format!("review-flag-{}", flag.word()))));
        std::iter::once(state).chain(flags).collect()
    }

    /// What is counted near a report.
    #[must_use]
    pub fn near(&self, cameras: &[Camera]) -> String {
        let names: Vec<String> = cameras
            .iter()
            .map(|camera| format!("{}, {}", self.kind(camera.kind), self.operator(camera.operator)))
            .collect();
        names.join("; ")
    }

    /// What a dispute claims, in words.
    #[must_use]
    pub fn claim(&self, claim: &Claim) -> Cow<'static, str> {
        self.page.t(&format!("review-claim-{}", claim.word()))
    }

    /// Ids as the value of a form field.
    #[must_use]
    pub fn ids(&self, ids: &[SightingId]) -> String {
        ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// A proposal in words.
    #[must_use]
    pub fn proposal(&self, proposal: &Proposal) -> String {
        let proposed = &proposal.proposed;
        let mut parts = vec![decision(&self.page, proposed.decision).into_owned()];
        if proposed.decision == Decision::Rejected {
            parts.push(self.page.t(&format!("reject-{}", proposed.reason.word())).into_owned());
        }
        if let Some(epoch) = proposed.epoch {
            parts.push(format!("{} {epoch}", proposed.campaign));
        }
        if let Some([west, south, east, north]) = proposed.bounds {
            parts.push(format!("{} {west}, {south}, {east}, {north}", proposed.campaign));
        }
        if !proposed.items.is_empty() {
            parts.push(self.page.number(&(proposed.items.len() as u64)));
        }
        parts.join(" · ")
    }

    /// The letter of a pass, for a form.
    #[must_use]
    pub fn pass(&self, marks: &DeskMarks) -> String {
        marks.pass.map(|pass| pass.to_string()).unwrap_or_default()
    }

    /// How many marks of each state wait.
    #[must_use]
    pub fn states(&self, marks: &DeskMarks) -> String {
        let said = |(state, count): (&UnitState, &u64)| {
            format!("{} {}", self.page.t(&format!("review-mark-{}", state.word())), self.page.number(count))
        };
        marks.states.iter().map(said).collect::<Vec<_>>().join(" · ")
    }

    /// The bounds of the first campaign, for the form; empty where it has none.
    #[must_use]
    pub fn edge(&self, bounds: &Option<[f64; 4]>, index: &usize) -> String {
        bounds.as_ref().and_then(|bounds| bounds.get(*index)).map(ToString::to_string).unwrap_or_default()
    }

    fn kind(&self, kind: Kind) -> Cow<'static, str> {
        self.page.t(&format!("kind-{}", kind.word()))
    }

    fn operator(&self, operator: Operator) -> Cow<'static, str> {
        self.page.t(&format!("operator-{}", operator.word()))
    }
}

/// The preview map alone, for those without scripts.
#[derive(Template)]
#[template(path = "review_preview.html")]
pub struct PreviewPage {
    /// Header and footer.
    pub page: PageContext,
    /// The map, drawn.
    pub map: String,
    /// How many reports were selected.
    pub selected: u64,
}

/// What was decided, without times.
#[derive(Template)]
#[template(path = "review_log.html")]
pub struct LogPage {
    /// Header and footer.
    pub page: PageContext,
    /// Name of the moderator who looks.
    pub moderator: String,
    /// The latest release first.
    pub lines: Vec<Logged>,
}

impl LogPage {
    /// A decision in words.
    #[must_use]
    pub fn decision(&self, line: &Logged) -> Cow<'static, str> {
        decision(&self.page, line.decision)
    }
}

fn decision(page: &PageContext, decision: Decision) -> Cow<'static, str> {
    page.t(&format!("decision-{}", decision.word()))
}
