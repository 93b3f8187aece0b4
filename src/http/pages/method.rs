//! How the numbers come about.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;
use super::said::Code;
use crate::release::GateLine;

/// How the numbers come about.
#[derive(Debug, Template)]
#[template(path = "method.html")]
pub struct MethodPage {
    /// Header and footer.
    pub page: PageContext,
    /// How good the merging of the release shown is; `None` before the first release.
    pub matching: Option<MatchingView>,
}

/// How good the merging of a release is.
#[derive(Debug, Clone)]
pub struct MatchingView {
    /// Counts with a smaller and a larger gate; none in a release of an earlier version.
    pub gates: Vec<GateLine>,
    /// Largest distance between two reports joined into one camera, metres.
    pub largest_diameter_m: f64,
}

/// Codes of methods, reasons and warnings, in the order in which they are explained.
const CODES: [(&str, &[&str]); 3] = [
    ("method-estimate-methods", &["chapman", "chapman_linkage", "chao_mth", "chao2_bias_corrected"]),
    (
        "method-estimate-reasons",
        &[
            "no_effort",
            "no_complete_units",
            "one_occasion",
            "too_many_occasions",
            "nothing_counted",
            "no_recaptures",
            "positions_too_coarse",
            "links_by_chance_only",
        ],
    ),
    (
        "method-estimate-warnings",
        &[
            "few_recaptures",
            "saturated",
            "links_by_chance",
            "linkage_unknown",
            "linkage_not_corrected",
            "list_as_occasion",
            "strata_pooled",
            "missed_in_groups",
            "raised_to_counted",
        ],
    ),
];

impl MethodPage {
    /// Heading and codes with their words, of methods, reasons and warnings.
    #[must_use]
    pub fn code_lists(&self) -> Vec<(Cow<'static, str>, Vec<Code>)> {
        CODES.iter().map(|(key, codes)| (self.page.t(key), self.page.codes(&codes.join(" ")))).collect()
    }

    /// Gate, cameras and difference of each line of the sensitivity table.
    #[must_use]
    pub fn gate_rows(&self, matching: &MatchingView) -> Vec<(String, String, String)> {
        let row = |line: &GateLine| {
            let sign = if line.difference_percent > 0.0 {
                "+"
            } else if line.difference_percent < 0.0 {
                "−"
            } else {
                ""
            };
            let size = self.page.measure(&line.difference_percent.abs());
            let difference = format!("{sign}{}", self.page.t1("compare-percent", &size));
            (format!("× {}", self.page.measure(&line.gate)), self.page.number(&u64::from(line.cameras)), difference)
        };
        matching.gates.iter().map(row).collect()
    }

    /// Resolution, average area in km2, and the zooms at which it is drawn.
    #[must_use]
    pub fn resolutions(&self) -> Vec<(u8, f64, &'static str)> {
        let zooms = ["0–4", "5–6", "7", "8", "9–10", "11", "12–13", "14+"];
        (3..=10)
            .zip(zooms)
            .filter_map(|(resolution, zooms)| {
                let area = h3o::Resolution::try_from(resolution).ok()?.area_km2();
                Some((resolution, area, zooms))
            })
            .collect()
    }
}
