//! The matrix of methods, conditions, ranges and codings.

use http_body_util::BodyExt as _;
use rstest::rstest;

use super::*;

const TEXT: &str = "0123456789";

fn file() -> PublicFile {
    PublicFile::new("text/csv; charset=utf-8", "abc", Content::Memory(TEXT.into()), CachePolicy::Immutable)
        .with_twin(Coding::Gzip, Content::Memory("gzipped".into()))
        .with_twin(Coding::Brotli, Content::Memory("brotli".into()))
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect()
}

/// Status, body, and the response's headers.
async fn ask(file: &PublicFile, method: Method, pairs: &[(&'static str, &str)]) -> (u16, String, HeaderMap) {
    let response = file.respond(&method, &headers(pairs)).await;
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (parts.status.as_u16(), String::from_utf8(body.to_vec()).unwrap(), parts.headers)
}

#[tokio::test]
async fn a_plain_get_is_the_whole_file_with_everything_a_cache_needs() {
    let (status, body, headers) = ask(&file(), Method::GET, &[]).await;
    assert_eq!((status, body.as_str()), (200, TEXT));
    assert_eq!(headers[ETAG], "\"abc\"");
    assert_eq!(headers[CONTENT_LENGTH], "10");
    assert_eq!(headers[CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(headers[CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(headers[ACCEPT_RANGES], "bytes");
    assert_eq!(headers[VARY], "Accept-Encoding");
    assert!(!headers.contains_key(CONTENT_ENCODING));
}

#[tokio::test]
async fn head_says_the_same_without_the_body_and_knows_no_ranges() {
    let (status, body, headers) = ask(&file(), Method::HEAD, &[("range", "bytes=0-1")]).await;
    assert_eq!((status, body.as_str()), (200, ""));
    assert_eq!(headers[CONTENT_LENGTH], "10");
    assert!(!headers.contains_key(CONTENT_RANGE));
}

#[rstest]
#[case::gzip("gzip", "gzipped", "\"abc-gzip\"", Some("gzip"))]
#[case::brotli_is_smaller("gzip, br", "brotli", "\"abc-br\"", Some("br"))]
#[case::weight("gzip, br;q=0.5", "gzipped", "\"abc-gzip\"", Some("gzip"))]
#[case::identity("identity", TEXT, "\"abc\"", None)]
#[tokio::test]
async fn a_twin_is_sent_under_its_own_tag(
    #[case] accept: &str,
    #[case] expected: &str,
    #[case] etag: &str,
    #[case] encoding: Option<&str>,
) {
    let (status, body, headers) = ask(&file(), Method::GET, &[("accept-encoding", accept)]).await;
    assert_eq!((status, body.as_str()), (200, expected));
    assert_eq!(headers[ETAG], etag);
    assert_eq!(headers.get(CONTENT_ENCODING).map(|value| value.to_str().unwrap()), encoding);
    assert_eq!(headers[CONTENT_LENGTH], expected.len().to_string());
}

#[tokio::test]
async fn ruling_out_every_coding_is_406() {
    let (status, _, headers) = ask(&file(), Method::GET, &[("accept-encoding", "*;q=0")]).await;
    assert_eq!(status, 406);
    assert_eq!(headers[VARY], "Accept-Encoding", "the refusal depends on the header too");
}

#[rstest]
#[case::same("\"abc\"", 304)]
#[case::weak_comparison("W/\"abc\"", 304)]
#[case::in_a_list("\"x\", \"abc\"", 304)]
#[case::any("*", 304)]
#[case::other("\"x\"", 200)]
#[case::unquoted("abc", 200)]
#[tokio::test]
async fn if_none_match(#[case] tag: &str, #[case] expected: u16) {
    for method in [Method::GET, Method::HEAD] {
        let (status, body, headers) = ask(&file(), method.clone(), &[("if-none-match", tag)]).await;
        assert_eq!(status, expected);
        assert_eq!(headers[ETAG], "\"abc\"");
        assert_eq!(headers[VARY], "Accept-Encoding");
        assert_eq!(headers[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(body.is_empty(), expected == 304 || method == Method::HEAD);
    }
}

#[tokio::test]
async fn a_twin_is_revalidated_by_its_own_tag_only() {
    let of_gzip = [("accept-encoding", "gzip"), ("if-none-match", "\"abc-gzip\"")];
    assert_eq!(ask(&file(), Method::GET, &of_gzip).await.0, 304);
    let of_identity = [("accept-encoding", "gzip"), ("if-none-match", "\"abc\"")];
    assert_eq!(ask(&file(), Method::GET, &of_identity).await.0, 200);
}

#[rstest]
#[case::same("\"abc\"", 200)]
#[case::any("*", 200)]
#[case::strong_comparison("W/\"abc\"", 412)]
#[case::other("\"x\"", 412)]
#[tokio::test]
async fn if_match(#[case] tag: &str, #[case] expected: u16) {
    assert_eq!(ask(&file(), Method::GET, &[("if-match", tag)]).await.0, expected);
}

#[tokio::test]
async fn dates_are_not_looked_at() {
    let date = "Sun, 22 Nov 2099 16:00:00 GMT";
    let (status, _, headers) = ask(&file(), Method::GET, &[("if-modified-since", date)]).await;
    assert_eq!(status, 200);
    assert!(!headers.contains_key("last-modified"));
}

#[rstest]
#[case::single("bytes=2-4", "234", "bytes 2-4/10")]
#[case::suffix("bytes=-3", "789", "bytes 7-9/10")]
#[case::open_ended("bytes=6-", "6789", "bytes 6-9/10")]
#[case::beyond_the_end("bytes=8-100", "89", "bytes 8-9/10")]
#[tokio::test]
async fn one_range_is_206_of_the_identity_bytes(#[case] range: &str, #[case] body: &str, #[case] content_range: &str) {
    let (status, sent, headers) = ask(&file(), Method::GET, &[("range", range), ("accept-encoding", "gzip, br")]).await;
    assert_eq!((status, sent.as_str()), (206, body));
    assert_eq!(headers[CONTENT_RANGE], content_range);
    assert_eq!(headers[CONTENT_LENGTH], body.len().to_string());
    assert_eq!(headers[ETAG], "\"abc\"");
    assert!(!headers.contains_key(CONTENT_ENCODING));
}

#[rstest]
#[case::several("bytes=0-1,3-4")]
#[case::nonsense("bytes=x")]
#[case::other_unit("rows=1-2")]
#[tokio::test]
async fn a_range_that_may_be_ignored_gives_the_whole_identity_file(#[case] range: &str) {
    let (status, body, headers) = ask(&file(), Method::GET, &[("range", range), ("accept-encoding", "br")]).await;
    assert_eq!((status, body.as_str()), (200, TEXT));
    assert!(!headers.contains_key(CONTENT_RANGE));
}

#[tokio::test]
async fn a_range_after_the_end_is_416_with_the_length() {
    let (status, body, headers) = ask(&file(), Method::GET, &[("range", "bytes=10-")]).await;
    assert_eq!(status, 416);
    assert_eq!(headers[CONTENT_RANGE], "bytes */10");
    assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
    assert!(body.contains("range_not_satisfiable"));
}

#[rstest]
#[case::same("\"abc\"", 206)]
#[case::weak("W/\"abc\"", 200)]
#[case::of_a_twin("\"abc-gzip\"", 200)]
#[case::date("Sun, 22 Nov 2026 16:00:00 GMT", 200)]
#[tokio::test]
async fn if_range_takes_the_strong_tag_only(#[case] tag: &str, #[case] expected: u16) {
    let (status, body, _) = ask(&file(), Method::GET, &[("range", "bytes=0-0"), ("if-range", tag)]).await;
    assert_eq!(status, expected);
    assert_eq!(body, if expected == 206 { "0" } else { TEXT });
}

#[tokio::test]
async fn a_stale_if_range_turns_an_impossible_range_into_the_whole_file() {
    let (status, body, _) = ask(&file(), Method::GET, &[("range", "bytes=50-"), ("if-range", "\"old\"")]).await;
    assert_eq!((status, body.as_str()), (200, TEXT));
}

#[tokio::test]
async fn conditions_come_before_ranges() {
    let (status, ..) = ask(&file(), Method::GET, &[("range", "bytes=50-"), ("if-none-match", "\"abc\"")]).await;
    assert_eq!(status, 304);
    let (status, ..) = ask(&file(), Method::GET, &[("range", "bytes=50-"), ("if-match", "\"x\"")]).await;
    assert_eq!(status, 412);
}

#[tokio::test]
async fn a_file_without_twins_does_not_vary() {
    let file = PublicFile::new("text/plain", "d", Content::Memory("x".into()), CachePolicy::Revalidate);
    let (_, _, headers) = ask(&file, Method::GET, &[("accept-encoding", "gzip")]).await;
    assert!(!headers.contains_key(VARY));
    assert_eq!(headers[CACHE_CONTROL], "public, no-cache");
}

#[tokio::test]
async fn a_download_carries_its_name_and_nothing_that_could_leave_the_header() {
    let file = file().with_download_name("cells-r8.csv\"\r\nx: y");
    let (_, _, headers) = ask(&file, Method::GET, &[]).await;
    assert_eq!(headers[CONTENT_DISPOSITION], "attachment; filename=\"cells-r8.csvxy\"");
}

#[tokio::test]
async fn a_file_on_disk_is_sent_in_pieces_and_in_parts() {
    let mut content: Vec<u8> = (0..200_000_u32).map(|i| b'a' + u8::try_from(i % 26).unwrap()).collect();
    content.push(b'!');
    let text = String::from_utf8(content.clone()).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("file");
    std::fs::write(&path, &content).unwrap();
    let length = u64::try_from(content.len()).unwrap();
    let on_disk = |length| {
        PublicFile::new("text/plain", "d", Content::Disk { path: path.clone(), length }, CachePolicy::Immutable)
    };
    let (status, body, headers) = ask(&on_disk(length), Method::GET, &[]).await;
    assert_eq!((status, body == text), (200, true));
    assert_eq!(headers[CONTENT_LENGTH], "200001");
    let (status, body, _) = ask(&on_disk(length), Method::GET, &[("range", "bytes=70000-140000")]).await;
    assert_eq!((status, body == text[70_000..=140_000]), (206, true));
    let (status, body, _) = ask(&on_disk(length), Method::GET, &[("range", "bytes=-1")]).await;
    assert_eq!((status, body.as_str()), (206, "!"));

    let response = on_disk(length).respond(&Method::GET, &HeaderMap::new()).await;
    let piece = response.into_body().frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(piece.len() <= FileBody::PIECE, "the file is not read whole: {}", piece.len());

    let (status, body, _) = ask(&on_disk(length + 1), Method::GET, &[]).await;
    assert_eq!(status, 500, "a file that is not what the manifest says is not sent");
    assert!(!body.contains(&*path.to_string_lossy()));
    std::fs::remove_file(&path).unwrap();
    assert_eq!(ask(&on_disk(length), Method::GET, &[]).await.0, 404);
}

#[tokio::test]
async fn a_file_without_a_byte_is_a_file_like_any_other() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("file");
    std::fs::write(&path, b"").unwrap();
    let empty = PublicFile::new("text/plain", "d", Content::Disk { path, length: 0 }, CachePolicy::Immutable);
    let (status, body, headers) = ask(&empty, Method::GET, &[]).await;
    assert_eq!((status, body.as_str(), &headers[CONTENT_LENGTH]), (200, "", &HeaderValue::from_static("0")));
    for range in ["bytes=0-", "bytes=-1"] {
        assert_eq!(ask(&empty, Method::GET, &[("range", range)]).await.0, 416, "{range}");
    }
}
