//! The address of the site as its readers know it, for documents that need absolute links.

use http::HeaderMap;
use http::header::HOST;

use super::file::CachePolicy;
use super::state::ReadSide;

/// What absolute addresses begin with, without a final slash, and how long an answer with such addresses may be kept:
/// without `--public-url` the server can only repeat the host it was asked for, so nobody may keep it.
pub(super) fn base(read: &ReadSide, headers: &HeaderMap, cache: CachePolicy) -> (String, CachePolicy) {
    match read.public_url() {
        Some(url) => (url.to_owned(), cache),
        None => (host(headers), CachePolicy::NoStore),
    }
}

/// The host the client asked for, checked to be nothing but a host.
fn host(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']' | b'_'));
    format!("http://{}", if plain { host } else { "localhost" })
}
