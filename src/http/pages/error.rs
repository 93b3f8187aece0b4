//! What went wrong.

use std::borrow::Cow;

use askama::Template;

use super::PageContext;

/// A page that says what went wrong.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Header and footer.
    pub page: PageContext,
    /// The status code of the answer.
    pub status: u16,
}

impl ErrorPage {
    /// Keys of the heading and of the explanation.
    fn keys(&self) -> (&'static str, &'static str) {
        match self.status {
            404 => ("error-not-found", "error-not-found-text"),
            410 => ("error-gone", "error-gone-text"),
            501 => ("error-no-font", "error-no-font-text"),
            429 | 503 => ("error-busy", "error-busy-text"),
            400..=499 => ("error-request", "error-request-text"),
            _ => ("error-server", "error-server-text"),
        }
    }

    /// What happened.
    #[must_use]
    pub fn heading(&self) -> Cow<'static, str> {
        self.page.t(self.keys().0)
    }

    /// What to do.
    #[must_use]
    pub fn advice(&self) -> Cow<'static, str> {
        self.page.t(self.keys().1)
    }
}
