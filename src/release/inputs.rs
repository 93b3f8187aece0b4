//! Everything a release is made of.

use super::format::Format;
use crate::model::{
    AreaSet, Deployment, Effort, IsoWeek, Observed, Occasion, PublishedFigure, Ruling, Source, SourceKind, TokenKey,
};
use crate::privacy::{HOME_BASE, HomeKey};

/// The rules a release was built under; written into it as `policy.json`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Policy {
    /// Name of the profile the rules come from.
    pub profile: String,
    /// H3 resolution of a stored public-space camera.
    pub public_resolution: u8,
    /// H3 resolution of a stored home camera, and the finest at which home counts appear.
    pub home_resolution: u8,
    /// Finest resolution of published counts.
    pub finest_published_resolution: u8,
    /// Home counts are rounded to multiples of this, once per base cell.
    pub home_base: u32,
    /// Lists that serve as one more capture occasion of the estimates, by slug.
    #[serde(default)]
    pub estimate_lists: Vec<String>,
    /// Formats of the files. Part of the rules because the set of files is part of what a release is: a program that lacks
    /// a format builds another release, under another id.
    #[serde(default)]
    pub formats: Vec<Format>,
    /// `secret` when a server's own key decided the rounding, `public` for one-shot maps.
    pub home_key: String,
    /// A region appears, and changes between releases, only when so many changes came together; 1 when nothing waits.
    #[serde(default = "nothing_waits")]
    pub min_changes: u32,
}

const fn nothing_waits() -> u32 {
    1
}

impl Policy {
    /// The rules of a profile: changes of a region wait until there are `min_changes`, and home counts are rounded under a
    /// server's own key.
    #[must_use]
    pub fn of_profile(profile: &str, min_changes: u32) -> Self {
        Self { profile: profile.to_owned(), home_key: "secret".to_owned(), min_changes, ..Self::one_shot() }
    }

    /// The rules of a map that nobody keeps: nothing waits, and the rounding of home counts is a public function of them.
    #[must_use]
    pub fn one_shot() -> Self {
        Self {
            profile: "one-shot".to_owned(),
            public_resolution: 13,
            home_resolution: 8,
            finest_published_resolution: 10,
            home_base: HOME_BASE,
            estimate_lists: Vec::new(),
            home_key: "public".to_owned(),
            min_changes: nothing_waits(),
            formats: Format::BUILT_IN.to_vec(),
        }
    }
}

/// The input of a build.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Name of the census, for people.
    pub title: String,
    /// Licence of the field data.
    pub licence: String,
    /// Week the release speaks of.
    pub as_of: IsoWeek,
    /// Id of the release before this one.
    pub previous: Option<String>,
    /// Table that [`Observed::occasion`] points into.
    pub occasions: Vec<Occasion>,
    /// The included sightings, in any order.
    pub observed: Vec<Observed>,
    /// The sources the occasions name; more do no harm.
    pub sources: Vec<Source>,
    /// Published figures, in any order.
    pub figures: Vec<PublishedFigure>,
    /// Announced systems, in any order.
    pub deployments: Vec<Deployment>,
    /// Public keys of tokens, of closed epochs too.
    pub keys: Vec<TokenKey>,
    /// What moderators ruled about pairs of sightings of field data.
    pub rulings: Vec<Ruling>,
    /// Area sets to count by, one edition of each.
    pub areas: Vec<AreaSet>,
    /// Effort of closed waves, in the order they were closed.
    pub effort: Effort,
    /// The rules.
    pub policy: Policy,
    /// Decides the rounding of home counts.
    pub home_key: HomeKey,
}

impl Inputs {
    /// Puts everything into canonical order, so that what follows cannot depend on the order things were stored in.
    pub(super) fn canonicalise(&mut self) {
        self.sources.sort_by(|a, b| a.slug.cmp(&b.slug));
        self.sources.dedup_by(|a, b| a.slug == b.slug);
        self.figures.sort_by(|a, b| a.id.cmp(&b.id));
        self.figures.dedup_by(|a, b| a.id == b.id);
        self.deployments.sort_by(|a, b| a.id.cmp(&b.id));
        self.deployments.dedup_by(|a, b| a.id == b.id);
        self.keys.sort_unstable();
        self.keys.dedup();
        let mut order: Vec<usize> = (0..self.occasions.len()).collect();
        order.sort_by(|&a, &b| self.occasions[a].cmp(&self.occasions[b]));
        let mut number_of = vec![crate::model::OccasionId::default(); order.len()];
        for (new, &old) in (0_u32..).zip(&order) {
            number_of[old] = crate::model::OccasionId(new);
        }
        self.occasions = order.into_iter().map(|old| self.occasions[old].clone()).collect();
        for observed in &mut self.observed {
            observed.occasion = number_of.get(observed.occasion.0 as usize).copied().unwrap_or_default();
        }
        for ruled in self.rulings.iter_mut().flat_map(|ruling| [&mut ruling.first, &mut ruling.second]) {
            let occasion = &mut ruled.observed.occasion;
            *occasion = number_of.get(occasion.0 as usize).copied().unwrap_or_default();
        }
        for ruling in &mut self.rulings {
            if ruling.first > ruling.second {
                std::mem::swap(&mut ruling.first, &mut ruling.second);
            }
        }
        self.rulings.sort_unstable();
        self.rulings.dedup();
        self.areas.sort_by(|a, b| a.slug.cmp(&b.slug));
        self.areas.dedup_by(|a, b| a.slug == b.slug);
        self.policy.estimate_lists.sort_unstable();
        self.policy.estimate_lists.dedup();
        for wave in &mut self.effort.waves {
            wave.marks.sort_unstable();
        }
        self.effort.units.sort_by_key(|unit| unit.id);
        self.observed.sort_unstable();
        // A field source that brought nothing but home cameras is not named: its presence alone would say that there are some.
        let public = self.public_occasions();
        let seen = |slug: &str| {
            let mut occasions = self.occasions.iter().zip(&public);
            occasions
                .any(|(occasion, public)| *public && occasion.kind == SourceKind::Import && occasion.source == slug)
        };
        let shown: Vec<bool> = self.sources.iter().map(|source| source.is_list || seen(&source.slug)).collect();
        let mut shown = shown.into_iter();
        self.sources.retain(|_| shown.next().unwrap_or_default());
    }

    /// Which of the occasions somebody saw a public-space camera, or an explicit zero, on.
    pub(super) fn public_occasions(&self) -> Vec<bool> {
        let mut public = vec![false; self.occasions.len()];
        for observed in self.observed.iter().filter(|observed| !observed.sighting.is_home()) {
            if let Some(seen) = public.get_mut(observed.occasion.0 as usize) {
                *seen = true;
            }
        }
        public
    }
}
