//! What all these addresses share: who asks for which face of a document, and how it is answered.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::response::Response;
use http::header::{ACCEPT, CONTENT_LANGUAGE, VARY};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Uri};
use serde_json::{Value, json};

use crate::http::address;
use crate::http::file::{CachePolicy, Content, PublicFile, digest_of};
use crate::http::negotiate::media_type;
use crate::http::problem::Problem;
use crate::http::state::ReadSide;
use crate::language::Language;

/// Media type of landing page, conformance and collections.
pub(super) const JSON: &str = "application/json";
/// Media type of features.
pub(super) const GEOJSON: &str = "application/geo+json";
/// Media type of every face for people.
pub(super) const HTML: &str = "text/html";

/// The face of a document, as the parameter `f` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::http::routes) enum Face {
    /// For programs.
    Json,
    /// For people.
    Html,
}

impl Face {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}

/// The query of addresses that take nothing but the face.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http::routes) struct FaceQuery {
    /// `json` or `html`; by the Accept header when not given.
    #[param(value_type = Option<String>, pattern = "^(json|html)$")]
    pub(super) f: Option<Face>,
}

/// A request as it came.
pub(in crate::http::routes) struct Asked {
    pub(super) uri: Uri,
    method: Method,
    headers: HeaderMap,
    base: String,
    is_cacheable: bool,
}

impl FromRequestParts<ReadSide> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, read: &ReadSide) -> Result<Self, Problem> {
        let uri =
            OriginalUri::from_request_parts(parts, read).await.map_or_else(|_| parts.uri.clone(), |found| found.0);
        let (base, cache) = address::base(read, &parts.headers, CachePolicy::Revalidate);
        let is_cacheable = cache == CachePolicy::Revalidate;
        Ok(Self { uri, method: parts.method.clone(), headers: parts.headers.clone(), base, is_cacheable })
    }
}

impl Asked {
    pub(super) fn language(&self) -> Language {
        Language::of_path(self.uri.path()).0
    }

    /// The face that is wanted: by `f`, then by Accept. The addresses below a language are pages unless `f` says otherwise.
    pub(super) fn face(&self, f: Option<Face>, json: &[&str]) -> Result<Face, Problem> {
        if let Some(face) = f {
            return Ok(face);
        }
        if self.language() != Language::English {
            return Ok(Face::Html);
        }
        let offered: Vec<&str> = json.iter().copied().chain([HTML]).collect();
        match media_type(&self.headers, &offered) {
            Some(index) => Ok(if index < json.len() { Face::Json } else { Face::Html }),
            None => Err(Problem::not_acceptable(
                "This address has JSON and HTML. Ask for one of them, or leave Accept out.",
            )),
        }
    }

    /// Whether Accept names this media type itself.
    pub(super) fn names(&self, media_type: &str) -> bool {
        let accept = self.headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
        accept
            .flat_map(|list| list.split(','))
            .any(|one| one.split(';').next().is_some_and(|one| one.trim() == media_type))
    }

    /// An absolute address below `/ogc`.
    pub(super) fn ogc(&self, path: &str) -> String {
        format!("{}/ogc{path}", self.base)
    }

    /// An absolute address of the site.
    pub(super) fn site(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }

    /// The links `self` and `alternate` of an address whose query, if it has one, begins with `?`.
    pub(super) fn faces(&self, path: &str, face: Face, json: &str) -> [Value; 2] {
        let mark = if path.contains('?') { '&' } else { '?' };
        let one = |other: Face| {
            let rel = if other == face { "self" } else { "alternate" };
            let (media_type, title) = match other {
                Face::Json => (json, "This document as JSON"),
                Face::Html => (HTML, "This document as a page"),
            };
            link(&format!("{}{mark}f={}", self.ogc(path), other.word()), rel, media_type, title)
        };
        [one(face), one(if face == Face::Json { Face::Html } else { Face::Json })]
    }

    /// Answers a document under a tag made of its bytes.
    pub(super) async fn answer(&self, media_type: &'static str, body: String, cache: CachePolicy) -> Response {
        let cache = if self.is_cacheable { cache } else { CachePolicy::NoStore };
        let file = PublicFile::new(media_type, &digest_of(&body), Content::Memory(body.into()), cache);
        let mut response = file.respond(&self.method, &self.headers).await;
        response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
        response
    }

    /// Answers JSON.
    pub(super) async fn json(&self, document: &Value, cache: CachePolicy) -> Response {
        self.answer(JSON, document.to_string(), cache).await
    }

    /// Answers a page, which a later version may lay out anew.
    pub(super) async fn page(&self, html: String) -> Response {
        let mut response = self.answer("text/html; charset=utf-8", html, CachePolicy::Revalidate).await;
        response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(self.language().code()));
        response
    }
}

/// A link object.
pub(super) fn link(href: &str, rel: &str, media_type: &str, title: &str) -> Value {
    json!({ "href": href, "rel": rel, "type": media_type, "title": title })
}
