//! `/compare`: published figures beside the census.

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::Response;

use super::pages::{context, page, render, shares, wanted, week};
use crate::figures::{CensusDefinition, verdict};
use crate::http::extract::Segments;
use crate::http::open::OpenRelease;
use crate::http::pages::{CensusNumbers, ComparePage, CompareView, FigureView, MakerShares, RestrictedMaker};
use crate::http::problem::Problem;
use crate::http::state::{ReadSide, blocking};
use crate::model::{Linked, Maker, Operator};
use crate::release::{MakerLine, Release, ReleaseError, Share, Summary};

/// The page, of the latest release or of one for ever.
pub(super) async fn get(State(read): State<ReadSide>, OriginalUri(uri): OriginalUri, segments: Segments) -> Response {
    page(&uri, async {
        let (open, cache) = wanted(&read, &segments).await?;
        let view = match &open {
            Some(open) => Some(view(open).await?),
            None => None,
        };
        Ok((render(&ComparePage { page: context(&read, &uri, open.as_deref()), view })?, cache))
    })
    .await
}

/// The ground the census covers, by the first area set whose areas do not overlap and hold every camera.
fn ground(release: &Release) -> Result<Option<(f64, Option<u64>)>, ReleaseError> {
    for set in release.area_sets()?.into_iter().filter(|set| set.overlapping_pairs == 0) {
        let ground = release.areas(None, &set.set)?.ground();
        if ground.is_some() {
            return Ok(ground);
        }
    }
    Ok(None)
}

async fn view(open: &Arc<OpenRelease>) -> Result<CompareView, Problem> {
    let release = Arc::clone(&open.release);
    let (mut figures, deployments, makers, ground) =
        blocking(move || Ok((release.figures()?, release.deployments()?, release.makers()?, ground(&release)?)))
            .await?;
    let (km2, residents) = ground.map_or((None, None), |(km2, residents)| (Some(km2), residents));
    let summary = &open.release.summary;
    let as_of = week(summary)?;
    let definition = definition(summary, as_of.year());
    figures.sort_by(|a, b| (&a.place, a.year, &a.id).cmp(&(&b.place, b.year, &b.id)));
    let linked = shares(&summary.by_linked, Linked::from_word);
    Ok(CompareView {
        census: CensusNumbers {
            cameras: u64::from(summary.cameras),
            linked: linked.iter().find(|(value, _)| *value == Linked::Yes).map_or(0, |(_, cameras)| *cameras),
            as_of,
            km2,
            residents,
        },
        figures: figures
            .into_iter()
            .map(|figure| FigureView { verdict: verdict(&figure, &definition), figure })
            .collect(),
        deployments,
        makers: maker_shares(&summary.by_maker, makers),
        linked,
        operators: shares(&summary.by_operator, Operator::from_word),
    })
}

/// What this release counts. It names one place for certain: the one its title consists of.
fn definition(summary: &Summary, year: i32) -> CensusDefinition {
    CensusDefinition { year, title: summary.title.clone(), covers: vec![summary.title.clone()] }
}

/// Sorts cameras by the restrictions that this release itself names, so that its page does not change with the program.
fn maker_shares(by_maker: &[Share], makers: Vec<MakerLine>) -> MakerShares {
    let cameras_of =
        |name: &str| by_maker.iter().filter(|share| share.name == name).map(|s| u64::from(s.cameras)).sum();
    let restricted = makers.into_iter().filter(|maker| !maker.restriction.is_empty());
    let list: Vec<RestrictedMaker> = restricted
        .map(|maker| RestrictedMaker {
            cameras: cameras_of(&maker.maker),
            name: maker.maker,
            restriction: maker.restriction,
            basis: maker.restriction_basis,
        })
        .collect();
    let unknown: u64 = cameras_of(Maker::UNKNOWN.name());
    let restricted: u64 = list.iter().map(|maker| maker.cameras).sum();
    let all: u64 = by_maker.iter().map(|share| u64::from(share.cameras)).sum();
    MakerShares { unknown, restricted, unrestricted: all.saturating_sub(unknown + restricted), list }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_without_a_known_maker_are_never_called_unrestricted() {
        let share = |name: &str, cameras| Share { name: name.to_owned(), cameras };
        let line = |maker: &str, restriction: &str| MakerLine {
            maker: maker.to_owned(),
            restriction: restriction.to_owned(),
            restriction_basis: "a law".to_owned(),
        };
        let by_maker = [share("unknown", 70), share("Axis", 20), share("Dahua", 10)];
        let shares = maker_shares(&by_maker, vec![line("Dahua", "ban"), line("Axis", ""), line("ZTE", "ban")]);
        assert_eq!((shares.unknown, shares.restricted, shares.unrestricted), (70, 10, 20));
        let listed: Vec<_> = shares.list.iter().map(|maker| (maker.name.as_str(), maker.cameras)).collect();
        assert_eq!(listed, [("Dahua", 10), ("ZTE", 0)]);
    }
}
