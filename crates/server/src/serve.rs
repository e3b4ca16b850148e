//! From sockets to the service: accepting, time limits for heads of requests, and an orderly end.

use crate::app::App;
use crate::http;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

/// How long to wait when the system cannot accept, for want of file handles for example.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop` is done, then lets requests that have begun go on for as long as the options say.
///
/// Returns how many connections had to be cut off.
pub(crate) async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> usize {
    let service = http::service(&app);
    let connections = Arc::new(Semaphore::new(app.options.connections.max(1)));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let permit = Arc::clone(&connections).acquire_owned().await;
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            // Looked at first, so that signals are caught before the first client is let in.
            biased;
            () = &mut stop => break,
            accepted = accepted => accepted,
        };
        match (accepted, permit) {
            (Ok((stream, peer)), Ok(permit)) => {
                connection(&app, &service, &graceful, (stream, peer), permit);
            }
            (Err(error), _) => {
                if !is_of_the_client(&error) {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            }
            (_, Err(_)) => break,
        }
    }
    app.stopping.store(true, Ordering::Relaxed);
    drop(listener);
    let open = graceful.count();
    tracing::info!(open, "stopping");
    let finished = tokio::select! {
        finished = tokio::time::timeout(app.options.grace, graceful.shutdown()) => finished.is_ok(),
        // Whoever asks twice does not want to wait.
        () = crate::told_to_stop() => false,
    };
    if finished {
        return 0;
    }
    usize::try_from(app.metrics.connections.get()).unwrap_or(0)
}

/// Serves one connection on a task of its own.
fn connection(
    app: &App,
    service: &axum::Router,
    graceful: &GracefulShutdown,
    (stream, peer): (TcpStream, SocketAddr),
    permit: OwnedSemaphorePermit,
) {
    // Answers are written whole; waiting to fill a packet only delays them.
    stream.set_nodelay(true).ok();
    let service = service
        .clone()
        .map_request(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(http::Peer(peer));
            request
        });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.options.patience)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let watched = graceful.watch(connection);
    let open = app.metrics.connections.clone();
    open.inc();
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection ended early");
        }
        open.dec();
        drop(permit);
    });
}

/// Errors of one connection, which say nothing about the next.
fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}
