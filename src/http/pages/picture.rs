//! The words of the pictures that links to pages are shown with. They are drawn in these words, and a page names its picture
//! only where there are fonts that have them.

use super::said::of_census;
use super::{AreaPage, PageContext};
use crate::briefing::Document;
use crate::language::Language;
use crate::release::Summary;

/// What the picture of the first page says of the whole census.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeWords {
    /// What this is.
    pub census: String,
    /// Name of the census.
    pub place: String,
    /// The number with its interval, in one sentence.
    pub lead: String,
    /// The week up to which reports are counted.
    pub as_of: String,
    /// Id of the release.
    pub release: String,
}

impl HomeWords {
    /// The words of a release in a language.
    #[must_use]
    pub fn of(language: Language, summary: &Summary) -> Self {
        let page = PageContext::bare(language);
        let said = of_census(summary.cameras, summary.estimate.as_ref());
        Self {
            census: page.t("site-name").into_owned(),
            place: summary.title.clone(),
            lead: page.estimate_sentence(&said),
            as_of: page.t1("headline-as-of", &summary.as_of),
            release: summary.release.clone(),
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> Vec<String> {
        vec![self.census, self.place, self.lead, self.as_of, self.release]
    }
}

/// The words of the picture of an area: those of its briefing.
#[must_use]
pub fn briefing_words(document: &Document) -> Vec<String> {
    let stamp = &document.stamp;
    vec![
        stamp.census.clone(),
        document.title.clone(),
        document.lead.clone(),
        stamp.as_of.clone(),
        stamp.release.clone(),
    ]
}

impl AreaPage {
    /// The same without the week and the release, whose letters and digits are in the fonts of the program.
    #[must_use]
    pub fn picture_words(&self) -> Vec<String> {
        let page = &self.page;
        let title = page.tw("briefing-title", &[("area", &self.name())]);
        vec![page.name().into_owned(), title, self.sentence(), page.t("briefing-week").into_owned()]
    }
}
