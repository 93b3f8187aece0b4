//! The pages people read: what each template is given.
//!
//! A page is `render(view, language)`: the structs in `view` hold plain numbers, the templates in `templates/` lay them
//! out, the room `language` says them. Nothing here reads files, SQL or a clock.

mod areas;
mod briefing;
mod compare;
mod data;
mod exported;
mod ogc;
mod review;
mod said;
pub(in crate::http) mod site;
mod submit;
mod view;

pub use areas::{AreaPage, AreaSetPage, AreasPage, Field, SetLine};
pub use briefing::BriefingPage;
pub use compare::{CensusNumbers, ComparePage, CompareView, FigureView, MakerShares, RestrictedMaker};
pub use data::{DataFile, DataGroup, DataList, DataPage, DataSection, DataTable, Recipe, by_subject, tables};
pub use exported::{LatestPage, LostPage};
pub use ogc::{OgcCell, OgcPage, feature_columns};
pub use review::{DeskPage, JoinPage, LogPage, LoginPage, PreviewPage};
pub use said::Code;
pub use site::Site;
pub use submit::{CampaignLine, DIRECTIONS, FieldError, Filled, Looks, SheetsPage, SubmitPage, SubmittedPage};
pub use view::{
    CellRow, ErrorPage, FieldEffort, HandOver, ListLine, MapPage, MapView, MatchingView, MethodPage, PageContext,
    PrivacyPage, ReleaseLine, ReleaseRef, ReleasesPage, WalkRow, WithdrawnLine, count_legend,
};
