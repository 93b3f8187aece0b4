//! The columns of `figures.csv` and `deployments.csv`, in the order in which they are written.

/// Columns of `figures.csv`.
pub const FIGURE_COLUMNS: [&str; 26] = [
    "id",
    "place",
    "country",
    "year",
    "status",
    "cameras_low",
    "cameras",
    "cameras_high",
    "area_km2",
    "population",
    "scope",
    "ownership",
    "includes_private",
    "includes_indoor",
    "linked_only",
    "street_visible",
    "basis",
    "method_note",
    "claimed_by",
    "title",
    "publisher",
    "authors",
    "published",
    "note",
    "page",
    "url",
];

/// Columns of `deployments.csv`.
pub const DEPLOYMENT_COLUMNS: [&str; 13] = [
    "id",
    "name",
    "place",
    "country",
    "year",
    "status",
    "contracts",
    "vendors",
    "role",
    "claimed_by",
    "publisher",
    "published",
    "note",
];
