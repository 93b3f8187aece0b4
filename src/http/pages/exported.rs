//! Pages that only a static export has: what a server would do, in words.

use askama::Template;

use super::{PageContext, Site};
use crate::http::assets;
use crate::language::Language;

/// What stands where a server would redirect from `latest` to the release it means.
#[derive(Debug, Template)]
#[template(path = "latest.html")]
pub struct LatestPage {
    /// Header and footer; its release is the latest.
    pub page: PageContext,
}

/// `404.html`, which hosts answer at any address that is not there: it speaks every language, and has links only if it can
/// make them absolute, because it cannot know where it will be seen.
#[derive(Debug, Template)]
#[template(path = "lost.html")]
pub struct LostPage {
    pages: Vec<PageContext>,
    style: Option<String>,
    policy: &'static str,
}

impl LostPage {
    /// The page of an export.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let page = |language| PageContext { site: site.clone(), ..PageContext::bare(language) };
        Self {
            pages: Language::ALL.map(page).into(),
            style: site.absolute_file(assets::STYLE_CSS),
            policy: site.policy().unwrap_or_default(),
        }
    }
}
