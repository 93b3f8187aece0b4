//! `/review`: where moderators decide. The one part of the site with a cookie, which is sent to these addresses alone.

use std::collections::BTreeMap;

use axum::extract::{Request, State};
use axum::middleware::map_response;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use fluent_bundle::FluentArgs;
use h3o::{CellIndex, Resolution};
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use serde_json::json;
use tokio::time::Instant;

use super::pages::{STILL_SIZE, render};
use super::submissions::failure;
use crate::app::{
    Action, AppError, DecideError, Decided, Signature, confirm, decide, desk, is_moderator, join, preview,
};
use crate::density::tables;
use crate::drawing::{Drawing, count_class, draw};
use crate::http::body::read_body;
use crate::http::pages::{DeskPage, ErrorPage, JoinPage, LogPage, LoginPage, PageContext, PreviewPage};
use crate::http::problem::{PROBLEM_JSON, Problem};
use crate::http::sessions::Session;
use crate::http::state::{ReadSide, WriteSide, blocking, lock};
use crate::language::{Language, Messages};
use crate::model::{Camera, PassLetter, RejectReason, Sighting, SightingId, Verdict};

/// Name of the cookie.
const SESSION: &str = "census-review";
/// Bytes of a form: five thousand ids.
const MAX_FORM: usize = 512 << 10;
/// The preview shows the finest cells of which there are no more than this.
const PREVIEW_CELLS: usize = 200;

/// What these addresses need of both sides.
#[derive(Clone)]
pub(super) struct ReviewSide {
    read: ReadSide,
    write: WriteSide,
}

/// The routes below `/review`, all in English at their address; the other languages by the parameter `language`, because
/// the cookie is sent to `/review` alone.
pub(super) fn router(read: ReadSide, write: WriteSide) -> Router {
    let mut router = Router::new()
        .route("/review", get(front))
        .route("/review/", get(front))
        .route("/review/login", post(login))
        .route("/review/logout", post(logout))
        .route("/review/join", get(join_form).post(joined))
        .route("/review/log", get(log))
        .route("/review/decide", post(decided))
        .route("/review/preview", post(previewed));
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        for path in ["", "/join", "/log"] {
            let to = format!("/review{path}?language={}", language.code());
            let here = format!("/{}review{path}", language.prefix());
            router = router.route(&here, get(move || std::future::ready(see_other(&to))));
        }
    }
    router.layer(map_response(as_page)).with_state(ReviewSide { read, write })
}

/// Problem documents are for programs; whoever is here reads pages.
async fn as_page(answer: Response) -> Response {
    let media_type = answer.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if !media_type.starts_with(PROBLEM_JSON.as_bytes()) {
        return answer;
    }
    let status = answer.status();
    let page = ErrorPage { page: context(Language::English, "review"), status: status.as_u16() };
    render(&page).map_or(answer, |text| html(status, text))
}

/// A form or a query, every name with its values in order.
#[derive(Default)]
struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    fn parse(bytes: &[u8]) -> Self {
        let mut fields = Self::default();
        for (name, value) in form_urlencoded::parse(bytes) {
            fields.0.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        fields
    }

    fn of_query(uri: &Uri) -> Self {
        Self::parse(uri.query().unwrap_or_default().as_bytes())
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Ids among the values of a field; several may stand in one, with spaces between.
    fn ids(&self, name: &str) -> Vec<SightingId> {
        let values = self.0.get(name).into_iter().flatten();
        let mut ids: Vec<SightingId> =
            values.flat_map(|value| value.split(' ')).filter_map(|id| id.parse().ok()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn language(&self) -> Language {
        let code = self.get("language");
        Language::ALL.into_iter().find(|language| language.code() == code).unwrap_or_default()
    }
}

fn context(language: Language, path: &str) -> PageContext {
    PageContext { path: path.to_owned(), ..PageContext::bare(language) }
}

fn html(status: StatusCode, text: String) -> Response {
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (status, headers, text).into_response()
}

fn see_other(to: &str) -> Response {
    let location = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/review"));
    (StatusCode::SEE_OTHER, [(LOCATION, location), (CACHE_CONTROL, HeaderValue::from_static("no-store"))])
        .into_response()
}

/// The key in the cookie, if there is one of ours.
fn key(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == SESSION).map(|(_, key)| key.to_owned()).next()
}

/// The session of a request. A moderator who was removed has none.
async fn session(side: &ReviewSide, headers: &HeaderMap) -> Result<Option<Session>, Problem> {
    let Some(key) = key(headers) else { return Ok(None) };
    let Some(session) = lock(&side.write.sessions).find(&key, Instant::now()) else { return Ok(None) };
    let moderators = side.write.store.moderators().await.map_err(|error| failure(&error.into()))?;
    let is_there = |name: &str| moderators.iter().any(|other| other.name == name && other.passphrase.is_some());
    if is_there(&session.moderator) {
        return Ok(Some(session));
    }
    lock(&side.write.sessions).end(&key);
    Ok(None)
}

/// Whether a form was sent from a page of ours: browsers say where a request comes from, and no script of a foreign page
/// can say otherwise.
fn is_from_here(headers: &HeaderMap) -> bool {
    // Our own pages send no referrer, so a browser states the origin of their forms as "null"; where the request came from
    // stands in Sec-Fetch-Site then. A client that states neither is no browser that could be misled.
    if let Some(site) = headers.get("sec-fetch-site") {
        return site.as_bytes() == b"same-origin";
    }
    let Some(origin) = headers.get(ORIGIN).map(|value| value.to_str().unwrap_or("?")) else { return true };
    let host = headers.get(HOST).and_then(|value| value.to_str().ok());
    origin.split_once("://").map(|(_, host)| host) == host
}

/// Reads a form that came from here.
async fn form(request: Request) -> Result<(HeaderMap, Fields), Problem> {
    let (parts, body) = request.into_parts();
    if !is_from_here(&parts.headers) {
        return Err(Problem::forbidden("This form was not sent from this site."));
    }
    let media_type = parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if !media_type.starts_with(b"application/x-www-form-urlencoded") {
        return Err(Problem::unsupported_media_type("Send the form of the page."));
    }
    let body = read_body(body, MAX_FORM).await?;
    Ok((parts.headers, Fields::parse(&body)))
}

/// Reads a form of an open session.
async fn signed(side: &ReviewSide, request: Request) -> Result<(Session, Fields, HeaderMap), Problem> {
    let (headers, fields) = form(request).await?;
    let session = session(side, &headers).await?;
    let session = session.ok_or_else(|| Problem::forbidden("Your session has ended. Log in again at /review."))?;
    // Of the same length always, and random anew in each session: comparing byte by byte tells nothing of use.
    if fields.get("csrf") != session.csrf {
        return Err(Problem::forbidden("The form is of another session. Load the page again."));
    }
    Ok((session, fields, headers))
}

async fn front(State(side): State<ReviewSide>, request: Request) -> Result<Response, Problem> {
    let query = Fields::of_query(request.uri());
    let language = query.language();
    let Some(session) = session(&side, request.headers()).await? else {
        return Ok(html(StatusCode::OK, render(&LoginPage { page: context(language, "review"), problem: "" })?));
    };
    let number = query.get("page").parse::<usize>().unwrap_or(1).saturating_sub(1);
    let desk = desk(&side.write.store, number).await.map_err(|error| failure(&error))?;
    let around = desk.groups.first().map(|group| group.cell);
    let map = drawn(&side, &[], around, language).await?;
    let said = said(&query, language);
    let page = DeskPage {
        page: context(language, "review"),
        session: session.csrf,
        moderator: session.moderator,
        desk,
        map,
        said,
    };
    Ok(html(StatusCode::OK, render(&page)?))
}

/// What the last decision came to, from the address it led to.
fn said(query: &Fields, language: Language) -> Option<String> {
    let said = query.get("said");
    let known = ["done", "proposed", "nothing", "rule", "own", "bounds"];
    known.contains(&said).then(|| {
        let count: u64 = query.get("n").parse().unwrap_or_default();
        Messages::of(language)
            .with(&format!("review-said-{said}"), &FluentArgs::from_iter([("value", count)]))
            .into_owned()
    })
}

async fn login(State(side): State<ReviewSide>, request: Request) -> Result<Response, Problem> {
    let (_, fields) = form(request).await?;
    let language = fields.language();
    if !lock(&side.write.sessions).may_try(Instant::now()) {
        return Err(too_many());
    }
    let (name, passphrase) = (fields.get("name").trim(), fields.get("passphrase"));
    if !is_moderator(&side.write.store, name, passphrase).await.map_err(|error| failure(&error))? {
        let page = LoginPage { page: context(language, "review"), problem: "review-login-wrong" };
        return Ok(html(StatusCode::FORBIDDEN, render(&page)?));
    }
    let random = || SightingId((side.write.random)()).to_string();
    let (key, csrf) = (random() + &random(), random());
    lock(&side.write.sessions).open(&key, csrf, name.to_owned(), Instant::now());
    Ok(with_cookie(&side, &to_front(language, ""), &key))
}

fn too_many() -> Problem {
    Problem::too_many_requests("Too many tries, of everybody together. Wait a minute.", 60)
}

async fn logout(State(side): State<ReviewSide>, request: Request) -> Result<Response, Problem> {
    let (_, fields, headers) = signed(&side, request).await?;
    if let Some(key) = key(&headers) {
        lock(&side.write.sessions).end(&key);
    }
    Ok(with_cookie(&side, &to_front(fields.language(), ""), ""))
}

/// An answer that sets the cookie, or takes it back when the key is empty.
fn with_cookie(side: &ReviewSide, to: &str, key: &str) -> Response {
    let mut answer = see_other(to);
    let is_secure = side.read.public_url().is_some_and(|url| url.starts_with("https:"));
    let secure = if is_secure { "; Secure" } else { "" };
    let age = if key.is_empty() { "; Max-Age=0" } else { "" };
    let cookie = format!("{SESSION}={key}; Path=/review; HttpOnly; SameSite=Strict{age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    answer
}

fn to_front(language: Language, more: &str) -> String {
    let language = if language == Language::English { "" } else { language.code() };
    match (language, more) {
        ("", "") => "/review".to_owned(),
        ("", more) => format!("/review?{more}"),
        (language, "") => format!("/review?language={language}"),
        (language, more) => format!("/review?language={language}&{more}"),
    }
}

async fn join_form(uri: Uri) -> Result<Response, Problem> {
    let page = context(Fields::of_query(&uri).language(), "review/join");
    Ok(html(StatusCode::OK, render(&JoinPage { page, joined: None, problem: "" })?))
}

async fn joined(State(side): State<ReviewSide>, request: Request) -> Result<Response, Problem> {
    let (_, fields) = form(request).await?;
    if !lock(&side.write.sessions).may_try(Instant::now()) {
        return Err(too_many());
    }
    let joined = join(&side.write.store, fields.get("code"), side.write.random).await;
    let joined = joined.map_err(|error| failure(&error))?;
    let page = context(fields.language(), "review/join");
    let (status, problem) =
        if joined.is_some() { (StatusCode::OK, "") } else { (StatusCode::FORBIDDEN, "review-join-wrong") };
    Ok(html(status, render(&JoinPage { page, joined, problem })?))
}

async fn log(State(side): State<ReviewSide>, request: Request) -> Result<Response, Problem> {
    let language = Fields::of_query(request.uri()).language();
    let Some(session) = session(&side, request.headers()).await? else { return Ok(see_other(&to_front(language, ""))) };
    let lines = side.write.store.decisions().await.map_err(|error| failure(&error.into()))?;
    let page = LogPage { page: context(language, "review/log"), moderator: session.moderator, lines };
    Ok(html(StatusCode::OK, render(&page)?))
}

/// What a form asks for; `None` when it asks for nothing that exists.
fn action(fields: &Fields) -> Option<Action> {
    let items = || fields.ids("item");
    let reports = || fields.ids("report");
    let reason = || RejectReason::from_word(fields.get("reason")).unwrap_or_default();
    let campaign = || fields.get("campaign").to_owned();
    Some(match fields.get("action") {
        "approve" => Action::Approve(items()),
        "approve_cell" => Action::ApproveCell(fields.get("cell").parse().ok()?),
        "reject" => Action::Reject(items(), reason()),
        "same" => Action::Rule(items(), Verdict::Same),
        "different" => Action::Rule(items(), Verdict::Different),
        "gone" => Action::Gone(reports()),
        "not_a_camera" => Action::NotACamera { reports: reports(), sightings: fields.ids("sighting") },
        "dismiss" => Action::Dismiss(reports()),
        "lower_home" => Action::LowerHome(fields.get("cell").trim().parse().ok()?),
        "accept_marks" | "discard_marks" => {
            let (campaign, wave, pass) =
                (campaign(), fields.get("wave").to_owned(), PassLetter::parse(fields.get("pass")));
            Action::MarksOf { campaign, wave, pass, accepted: fields.get("action") == "accept_marks" }
        }
        "remove" => Action::Remove(fields.ids("sighting")),
        "roll_back" => {
            // The campaign and the epoch come from one list: "slug epoch".
            let (campaign, epoch) = fields.get("epoch").rsplit_once(' ')?;
            Action::RollBack { campaign: campaign.to_owned(), epoch: epoch.parse().ok().filter(|epoch| *epoch > 0)? }
        }
        "bounds" => {
            let edge = |name: &str| fields.get(name).trim().parse::<f64>().unwrap_or(f64::NAN);
            Action::Bounds { campaign: campaign(), bounds: ["west", "south", "east", "north"].map(edge) }
        }
        _ => return None,
    })
}

async fn decided(State(side): State<ReviewSide>, request: Request) -> Result<Response, Problem> {
    let (session, fields, headers) = signed(&side, request).await?;
    let release = latest(&side.read).await?;
    let signature = Signature { moderator: &session.moderator, release: &release };
    let WriteSide { store, week, random, .. } = &side.write;
    let outcome = match fields.get("action") {
        "confirm" | "drop" => {
            let id = fields.ids("proposal").first().copied().unwrap_or(SightingId([0; 16]));
            if fields.get("action") == "confirm" {
                confirm(store, &signature, id, week(), random).await
            } else {
                let dropped = store.drop_proposal(id).await.map_err(|error| failure(&error.into()))?;
                if dropped { Ok(Decided::Done(1)) } else { Err(DecideError::Nothing) }
            }
        }
        _ => match action(&fields) {
            Some(action) => decide(store, &signature, action, week(), random).await,
            None => Err(DecideError::Nothing),
        },
    };
    let (status, said, count) = match outcome {
        Ok(Decided::Done(count)) => (StatusCode::OK, "done", count),
        Ok(Decided::Proposed) => (StatusCode::ACCEPTED, "proposed", 0),
        Err(DecideError::Nothing | DecideError::App(AppError::Refused(_))) => (StatusCode::CONFLICT, "nothing", 0),
        Err(DecideError::NothingToRule) => (StatusCode::CONFLICT, "rule", 0),
        Err(DecideError::OwnProposal) => (StatusCode::CONFLICT, "own", 0),
        Err(DecideError::BadBounds) => (StatusCode::CONFLICT, "bounds", 0),
        Err(DecideError::App(error)) => return Err(failure(&error)),
    };
    let language = fields.language();
    let wants_json = headers.get(ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json");
    if wants_json {
        let words = Messages::of(language);
        let arguments = FluentArgs::from_iter([("value", count)]);
        let words = words.with(&format!("review-said-{said}"), &arguments).into_owned();
        let answer = json!({ "said": said, "count": count, "words": words });
        return Ok((status, [(CACHE_CONTROL, "no-store")], Json(answer)).into_response());
    }
    let page = fields.get("page").parse::<usize>().unwrap_or(1);
    Ok(see_other(&to_front(language, &format!("page={page}&said={said}&n={count}"))))
}

/// The map of what a release would count with the selected reports: a piece of a page.
async fn previewed(State(side): State<ReviewSide>, request: Request) -> Result<Response, Problem> {
    let (_, fields, _) = signed(&side, request).await?;
    let selected = fields.ids("item");
    let around = fields.get("cell").parse::<CellIndex>().ok();
    let language = fields.language();
    let map = drawn(&side, &selected, around, language).await?;
    if fields.get("whole") == "no" {
        return Ok(html(StatusCode::OK, map));
    }
    let page = PreviewPage { page: context(language, "review"), map, selected: selected.len() as u64 };
    Ok(html(StatusCode::OK, render(&page)?))
}

async fn drawn(
    side: &ReviewSide,
    selected: &[SightingId],
    around: Option<CellIndex>,
    language: Language,
) -> Result<String, Problem> {
    let seen = preview(&side.write.store, selected, around).await;
    let (sightings, cameras) = seen.map_err(|error: AppError| failure(&error))?;
    Ok(picture(&sightings, &cameras, selected.len(), language))
}

/// Draws counts as the map of a release does; empty where there is nothing to count.
fn picture(sightings: &[Sighting], cameras: &[Camera], selected: usize, language: Language) -> String {
    if cameras.is_empty() {
        return String::new();
    }
    let tables = tables(sightings, cameras, &[], &[], &[]);
    let fits = tables.iter().rev().find(|table| table.rows.len() <= PREVIEW_CELLS);
    let cells: Vec<(CellIndex, u64, u8)> = fits
        .into_iter()
        .flat_map(|table| &table.rows)
        .filter_map(|row| {
            let cameras = u64::from(row.counts.cameras);
            Some((row.cell, cameras, count_class(cameras)?))
        })
        .collect();
    let resolution = cells.first().map_or(Resolution::Ten, |(cell, ..)| cell.resolution());
    let messages = Messages::of(language);
    let words = FluentArgs::from_iter([
        ("cameras", fluent_bundle::FluentValue::from(cameras.len())),
        ("selected", selected.into()),
        ("resolution", u8::from(resolution).into()),
    ]);
    draw(&Drawing {
        cells: &cells,
        size: STILL_SIZE,
        title: &messages.get("review-map"),
        description: &messages.with("review-map-description", &words),
        north: &messages.get("svg-north"),
    })
}

/// Id of the latest release; empty before the first.
async fn latest(read: &ReadSide) -> Result<String, Problem> {
    let shelf = read.shelf().clone();
    let id = blocking(move || shelf.latest_id()).await?;
    Ok(id.map(|id| id.to_string()).unwrap_or_default())
}
