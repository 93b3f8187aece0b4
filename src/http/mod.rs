//! How the census meets the network: the accept loop, problem documents, extractors, files and headers.
//!
//! Touches `app` and the reading side of `release`, never SQL. Knows no visitor: no address, user agent, referrer or
//! language is stored, logged or counted here (promise P3), and no answer quotes what was sent (promise P8).

mod address;
mod assets;
mod basemap;
mod body;
mod export;
mod extract;
mod file;
mod metrics;
mod negotiate;
mod open;
pub mod pages;
#[cfg(feature = "pdf")]
mod print;
mod problem;
mod range;
mod routes;
mod security;
mod server;
mod sessions;
mod socket;
mod state;
mod twins;

pub use basemap::{Basemap, BasemapError};
pub use body::{BODY_TYPES, BodyFormat, Pace, PacedBody, TooSlow, body_format, read_body};
pub use export::{Briefings, ExportError, Origin, Part, Printing, SiteFile, Skipped, StaticSite, base_url};
pub use extract::{NoParameters, NoQuery, Segments, StrictQuery};
pub use file::{CachePolicy, Content, PublicFile};
pub use metrics::Metrics;
pub use negotiate::{Coding, coding, media_type};
pub use problem::{PROBLEM_JSON, Problem, ProblemAt, ProblemKind};
pub use routes::{full_router, public_router};
pub use security::{CONTENT_SECURITY, harden, hide_panic_messages, open_to_all_origins};
pub use server::{ServerOptions, run};
pub use state::{ReadSide, WriteSide};
pub use twins::{Twins, keep_twins};
