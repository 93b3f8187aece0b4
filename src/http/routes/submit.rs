//! `/submit` and `/sheets`: the form and the survey sheets, and what makes them work without a network.

use axum::Router;
use axum::extract::{OriginalUri, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, StatusCode, Uri};

use super::pages::{context, error_page, page, render};
use crate::app::{SubmitError, submit};
use crate::http::assets;
use crate::http::body::read_body;
use crate::http::file::CachePolicy;
use crate::http::pages::{CampaignLine, DIRECTIONS, FieldError, Filled, Looks, SheetsPage, SubmitPage, SubmittedPage};
use crate::http::problem::Problem;
use crate::http::state::{ReadSide, WriteSide};
use crate::language::Language;
use crate::model::{Basis, Intake, Kind, Linked, Maker, Mount, Operator, Secret};

/// Bytes of a filled form.
const MAX_FORM: usize = 8 << 10;
/// Browsers say with it whether another site made them send something.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What these pages need: the frame of every page, and the database.
#[derive(Clone)]
struct Sides {
    read: ReadSide,
    write: Option<WriteSide>,
}

/// The pages in every language, with what they need to be installed. Without a write side they say that no report is taken.
pub(super) fn router(read: ReadSide, write: Option<WriteSide>) -> Router {
    let takes_reports = write.is_some();
    let mut router = Router::new();
    for language in Language::ALL {
        let at = |path: &str| format!("/{}{path}", language.prefix());
        let form = if takes_reports { get(form).post(post) } else { get(form) };
        router = router.route(&at("submit"), form).route(&at("sheets"), get(sheets));
    }
    if takes_reports {
        router = router.route("/sw.js", get(worker)).route("/manifest.webmanifest", get(manifest));
    }
    router.with_state(Sides { read, write })
}

async fn form(State(sides): State<Sides>, OriginalUri(uri): OriginalUri) -> Response {
    page(&uri, async {
        let view = form_page(&sides, &uri, Filled::default(), Vec::new()).await?;
        Ok((render(&view)?, CachePolicy::Revalidate))
    })
    .await
}

async fn sheets(State(sides): State<Sides>, OriginalUri(uri): OriginalUri) -> Response {
    page(&uri, async {
        let open = sides.read.latest().await?;
        let view = SheetsPage {
            page: context(&sides.read, &uri, open.as_deref()),
            takes_reports: sides.write.is_some(),
            campaigns: campaigns(&sides).await?,
        };
        Ok((render(&view)?, CachePolicy::Revalidate))
    })
    .await
}

async fn form_page(sides: &Sides, uri: &Uri, filled: Filled, errors: Vec<FieldError>) -> Result<SubmitPage, Problem> {
    let open = sides.read.latest().await?;
    let archive = open.as_ref().and_then(|open| open.release.entry("density.pmtiles"));
    Ok(SubmitPage {
        page: context(&sides.read, uri, open.as_deref()),
        takes_reports: sides.write.is_some(),
        campaigns: campaigns(sides).await?,
        filled,
        errors,
        bounds: open.as_ref().and_then(|open| open.release.summary.bounds),
        archive_bytes: archive.map(|entry| entry.bytes),
    })
}

/// The campaigns with their open waves: the form is the door of the write side, so it may ask the database.
async fn campaigns(sides: &Sides) -> Result<Vec<CampaignLine>, Problem> {
    let Some(write) = &sides.write else { return Ok(Vec::new()) };
    let failed = |error| super::submissions::failure(&crate::app::AppError::from(error));
    let waves = write.store.waves().await.map_err(failed)?;
    let line = |campaign: crate::model::Campaign| {
        let open = waves.iter().filter(|wave| wave.campaign == campaign.slug && wave.closed.is_none());
        CampaignLine {
            waves: open.map(|wave| wave.slug.clone()).collect(),
            is_open: campaign.intake == Intake::Open,
            slug: campaign.slug,
            name: campaign.name,
            bounds: campaign.bounds,
        }
    };
    Ok(write.store.campaigns().await.map_err(failed)?.into_iter().map(line).collect())
}

/// Takes the form as a browser without scripts sends it. What it says goes the way of every submission.
async fn post(State(sides): State<Sides>, OriginalUri(uri): OriginalUri, request: Request) -> Response {
    match take(&sides, &uri, request).await {
        Ok(response) => response,
        Err(problem) => error_page(&uri, problem.status()),
    }
}

async fn take(sides: &Sides, uri: &Uri, request: Request) -> Result<Response, Problem> {
    let Some(write) = &sides.write else { return Err(Problem::not_found()) };
    let headers = request.headers();
    if headers.get(FETCH_SITE).is_some_and(|site| site == "cross-site") {
        return Err(Problem::forbidden("A form of another site cannot send reports here."));
    }
    if !is_form(headers) {
        return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let _held = write.bodies.acquire().await;
    let body = read_body(request.into_body(), MAX_FORM).await?;
    let campaigns = campaigns(sides).await?;
    let (filled, place, mut errors) = read(&body, &campaigns);
    let answer = match (place, filled.kind) {
        (Some(place), Some(kind)) if errors.is_empty() => {
            let document = document(&filled, kind, place);
            let secret = Secret::from_bytes((write.random)());
            let result = submit(&write.store, &secret, None, document.as_bytes(), (write.week)()).await;
            match result {
                Ok(submission) => {
                    let open = sides.read.latest().await?;
                    let notes = submission.files.iter().flat_map(|file| &file.report.notes);
                    let view = SubmittedPage {
                        page: context(&sides.read, uri, open.as_deref()),
                        receipt: secret.reveal(),
                        accepted: submission.accepted,
                        refused: submission.refused,
                        remarks: notes.map(|note| (note.pointer.clone(), note.code, note.message.clone())).collect(),
                    };
                    return Ok(html(StatusCode::ACCEPTED, render(&view)?));
                }
                Err(SubmitError::App(error)) => return Err(super::submissions::failure(&error)),
                Err(SubmitError::NothingAccepted(_)) => ("form-refused", StatusCode::UNPROCESSABLE_ENTITY),
                Err(SubmitError::QueueFull) => ("form-full", StatusCode::TOO_MANY_REQUESTS),
                Err(_) => ("form-invited", StatusCode::FORBIDDEN),
            }
        }
        _ => ("form-again-place", StatusCode::UNPROCESSABLE_ENTITY),
    };
    errors.push(("form", answer.0));
    let view = form_page(sides, uri, filled, errors).await?;
    Ok(html(answer.1, render(&view)?))
}

fn html(status: StatusCode, text: String) -> Response {
    // It may hold a receipt: nobody keeps it.
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], text).into_response()
}

fn is_form(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Reads the fields. An unknown field is left alone, an unknown word means "unknown"; what is needed and missing is an
/// error. Longitude and latitude come back apart from the rest, which alone may be shown again.
fn read(body: &[u8], campaigns: &[CampaignLine]) -> (Filled, Option<[f64; 2]>, Vec<FieldError>) {
    let mut filled = Filled::default();
    let (mut latitude, mut longitude) = (None, None);
    let mut errors = Vec::new();
    for (name, value) in form_urlencoded::parse(body) {
        let value = value.trim();
        match &*name {
            "campaign" => {
                let known = campaigns.iter().find(|campaign| campaign.slug == value);
                filled.campaign = known.map(|campaign| campaign.slug.clone()).unwrap_or_default();
                if known.is_none() {
                    errors.push(("form", "form-no-campaign"));
                }
            }
            "latitude" => latitude = degrees(value, 90.0),
            "longitude" => longitude = degrees(value, 180.0),
            "kind" => filled.kind = Kind::from_word(value),
            "operator" => filled.operator = Operator::from_word(value).unwrap_or_default(),
            "mount" => filled.mount = Mount::from_word(value).unwrap_or_default(),
            "linked" => filled.linked = Linked::from_word(value).unwrap_or_default(),
            "basis" => filled.basis = Basis::from_word(value).unwrap_or_default(),
            "maker" => filled.maker = Maker::find(value).unwrap_or_default(),
            "facing" => {
                let offered = DIRECTIONS.into_iter().find(|(degrees, _)| degrees.to_string() == value);
                filled.facing = match offered {
                    Some((degrees, _)) => Looks::Degrees(degrees),
                    None if value == "all_round" => Looks::AllRound,
                    None => Looks::Unknown,
                };
            }
            "heads" => match value.parse() {
                Ok(heads @ 1..=99) => filled.heads = heads,
                _ => errors.push(("heads", "form-heads-wrong")),
            },
            _ => {}
        }
    }
    if filled.campaign.is_empty() && errors.is_empty() {
        let mut open = campaigns.iter().filter(|campaign| campaign.is_open);
        match (open.next(), open.next()) {
            (Some(only), None) => filled.campaign.clone_from(&only.slug),
            _ => errors.push(("form", "form-no-campaign")),
        }
    }
    if latitude.is_none() {
        errors.push(("latitude", "form-latitude-wrong"));
    }
    if longitude.is_none() {
        errors.push(("longitude", "form-longitude-wrong"));
    }
    if filled.kind.is_none() {
        errors.push(("kind", "form-kind-missing"));
    }
    (filled, longitude.zip(latitude).map(|(longitude, latitude)| [longitude, latitude]), errors)
}

/// Decimal degrees with a point or a comma, within plus and minus `limit`.
fn degrees(text: &str, limit: f64) -> Option<f64> {
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ','));
    let degrees: f64 = is_plain.then(|| text.replace(',', ".").parse().ok())??;
    (degrees.abs() <= limit).then_some(degrees)
}

/// The report as GeoJSON: the form has no path of its own into the database.
fn document(filled: &Filled, kind: Kind, place: [f64; 2]) -> String {
    let mut properties = serde_json::json!({
        "kind": kind.word(),
        "operator": filled.operator.word(),
        "mount": filled.mount.word(),
        "linked": filled.linked.word(),
        "maker": filled.maker.name(),
        "basis": filled.basis.word(),
        "heads": filled.heads,
        "position": "map",
    });
    match filled.facing {
        Looks::Unknown => {}
        Looks::AllRound => properties["facing"] = "all_round".into(),
        Looks::Degrees(degrees) => properties["facing"] = degrees.into(),
    }
    serde_json::json!({
        "type": "FeatureCollection",
        "census": { "campaign": filled.campaign },
        "features": [{ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": properties }],
    })
    .to_string()
}

/// The service worker: the addresses of what it keeps, and the script.
async fn worker() -> Response {
    let pages = Language::ALL.map(|language| ["submit", "sheets"].map(|page| format!("/{}{page}", language.prefix())));
    let assets: Vec<&str> =
        assets::all().iter().filter(|asset| assets::is_for_offline(asset)).map(|a| a.path).collect();
    let lists = serde_json::json!({ "pages": pages.concat(), "assets": assets });
    let script = format!("const KEPT = {lists};\n{}", assets::SERVICE_WORKER);
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (headers, script).into_response()
}

/// The web app manifest.
async fn manifest() -> Response {
    let icon = |purpose: &str| serde_json::json!({ "src": format!("/{}", assets::ICON), "sizes": "any", "type": "image/svg+xml", "purpose": purpose });
    let manifest = serde_json::json!({
        "name": "camera census",
        "short_name": "census",
        "id": "/submit",
        "start_url": "/submit",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#175e73",
        "icons": [icon("any")],
    });
    let headers = [(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "no-cache")];
    (headers, manifest.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaigns() -> Vec<CampaignLine> {
        let line = |slug: &str, is_open| CampaignLine {
            slug: slug.to_owned(),
            name: slug.to_owned(),
            is_open,
            bounds: None,
            waves: Vec::new(),
        };
        vec![line("default", true), line("closed-doors", false)]
    }

    #[test]
    fn degrees_are_read_with_a_point_or_a_comma_and_nothing_else() {
        assert_eq!(degrees("52,5", 90.0), Some(52.5));
        assert_eq!(degrees("-13.25", 180.0), Some(-13.25));
        for bad in ["", "91", "NaN", "inf", "1e1", "52.5 N", "5.2.3", "0x10"] {
            assert_eq!(degrees(bad, 90.0), None, "{bad}");
        }
    }

    #[test]
    fn the_only_open_campaign_need_not_be_named() {
        let (filled, place, errors) = read(b"kind=dome&latitude=52.5&longitude=13.4", &campaigns());
        assert_eq!((filled.campaign.as_str(), place, errors), ("default", Some([13.4, 52.5]), Vec::new()));
        let (_, _, errors) = read(b"campaign=elsewhere&kind=dome&latitude=52.5&longitude=13.4", &campaigns());
        assert_eq!(errors, [("form", "form-no-campaign")]);
    }

    #[test]
    fn every_field_that_is_missing_has_an_error_of_its_own() {
        let (_, _, errors) = read(b"heads=500", &campaigns());
        let fields: Vec<_> = errors.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["heads", "latitude", "longitude", "kind"]);
    }
}
