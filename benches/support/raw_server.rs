//! The baseline as a server: one axum handler around a raw search, and one that has its answer ready.

use super::raw::Searcher;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

/// What this very program is told to be: the folder of the raw index it is to serve.
pub const FOLDER: &str = "AFIELD_BENCH_RAW_SERVER";

/// Serves `/search?q=` and `/ready` on a free port, which it prints, until the process is killed.
pub fn run(folder: &Path) {
    let searcher = Arc::new(Searcher::open(folder));
    let ready: Arc<str> = page(&searcher, "").to_string().into();
    let app = Router::new()
        .route("/search", get(search))
        .with_state(searcher)
        .route(
            "/ready",
            get(|| async move {
                (
                    [(header::CONTENT_TYPE, "application/json")],
                    ready.to_string(),
                )
            }),
        );
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        writeln!(std::io::stdout(), "listening on http://{address}").expect("standard output");
        axum::serve(listener, app).await.expect("a server");
    });
}

async fn search(
    State(searcher): State<Arc<Searcher>>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> impl IntoResponse {
    Json(page(&searcher, asked.get("q").map_or("", String::as_str)))
}

fn page(searcher: &Searcher, query: &str) -> Value {
    let hits = searcher.page(query).into_iter();
    let hits = hits
        .map(|[path, title, snippet]| json!({ "path": path, "title": title, "snippet": snippet }));
    json!({ "hits": hits.collect::<Vec<_>>() })
}
