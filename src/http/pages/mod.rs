//! The pages people read: what each template is given.
//!
//! A page is `render(view, language)`: the structs here hold plain numbers, the templates in `templates/` lay them
//! out, the room `language` says them. Nothing here reads files, SQL or a clock.

mod areas;
mod briefing;
mod compare;
mod context;
mod data;
mod error;
mod exported;
mod home;
mod map;
mod method;
mod ogc;
mod picture;
mod privacy;
mod releases;
mod review;
mod said;
pub(in crate::http) mod site;
mod submit;
#[cfg(test)]
mod tests;

pub use areas::{AreaPage, AreaSetPage, AreasPage, Field, SetLine};
pub use briefing::BriefingPage;
pub use compare::{CensusNumbers, ComparePage, CompareView, FigureView, MakerShares, RestrictedMaker};
pub use context::{PageContext, ReleaseRef};
pub use data::{DataFile, DataGroup, DataList, DataPage, DataSection, DataTable, Recipe, by_subject, tables};
pub use error::ErrorPage;
pub use exported::{LatestPage, LostPage};
pub use home::{AreaLine, AreaSetLine, HomePage, LastChange};
pub use map::{BasemapView, CellRow, FieldEffort, ListLine, MapPage, MapView, WalkRow};
pub use method::{MatchingView, MethodPage};
pub use ogc::{OgcCell, OgcPage, feature_columns};
pub use picture::{HomeWords, briefing_words};
pub use privacy::{HandOver, PrivacyPage};
pub use releases::{ReleaseLine, ReleasesPage, WithdrawnLine};
pub use review::{DeskPage, JoinPage, LogPage, LoginPage, PreviewPage};
pub use said::Code;
pub use site::Site;
pub use submit::{CampaignLine, DIRECTIONS, FieldError, Filled, Looks, SheetsPage, SubmitPage, SubmittedPage};
