//! afield over HTTP and MCP: a stable contract for internal tools and agents, over the same index and the same
//! ranking as the terminal.
//!
//! A [`Server`] is bound first, so that its address is known, and then run. Requests pass the layers of `http`, are
//! read by `ask`, and answered by the `engine` of the generation in force on the bounded `pool`; what goes wrong is a
//! `problem`. The tools of `mcp` ask the same engine. `/openapi.json` is made from the code of the routes.

mod app;
mod ask;
mod encoding;
mod engine;
mod fields;
mod http;
pub mod keys;
mod live;
mod mcp;
mod metrics;
mod openapi;
mod options;
mod pool;
mod problem;
mod rate;
mod reference;
mod serve;

pub use options::Options;

use afield_index::{IndexError, Location, Progress};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// Why a server could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Anybody on the network could ask, and no key would be needed.
    #[error(
        "refused to listen on {host} without API keys: anybody who reaches this machine could ask"
    )]
    Open {
        /// The address.
        host: std::net::IpAddr,
    },
    /// The file of keys cannot be used.
    #[error(transparent)]
    Keys(#[from] keys::KeysError),
    /// The corpus cannot be used.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The address cannot be listened on.
    #[error("failed to listen on {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// A runtime or a thread could not be had.
    #[error("failed to start")]
    Start(#[source] io::Error),
}

/// A server that listens, but does not answer before it is run.
#[derive(Debug)]
pub struct Server {
    app: app::App,
    listener: std::net::TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Opens a corpus, after building or mending its index where that is needed, and listens.
    ///
    /// # Errors
    /// When the options are not safe, the corpus cannot be used, or the address cannot be had.
    pub fn bind(
        location: Location,
        options: Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, ServeError> {
        let host = options.host;
        if options.keys.is_none() && !host.to_canonical().is_loopback() {
            return Err(ServeError::Open { host });
        }
        let keys = options.keys.as_ref().map(keys::KeyFile::open).transpose()?;
        let address = SocketAddr::new(host, options.port);
        let failed = |source| ServeError::Bind { address, source };
        // Before the corpus is opened, so that a port that is taken is told at once.
        let listener = std::net::TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let metrics = metrics::Metrics::new();
        let live = live::Live::open(location, options.semantic, &metrics, progress)?;
        let live = Arc::new(live);
        Ok(Self {
            app: Arc::new(app::State::new(
                options,
                live,
                metrics,
                keys,
                http::documented().1,
            )),
            listener,
            address,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done, and then finishes what was begun.
    ///
    /// Returns how many connections had to be cut off.
    ///
    /// # Errors
    /// When threads cannot be had.
    pub fn run(self, stop: impl Future<Output = ()>) -> Result<usize, ServeError> {
        let runtime = runtime()?;
        let live = Arc::clone(&self.app.live);
        let first = live.engine();
        runtime.spawn_blocking(move || {
            first.warm();
            first.warm_names();
        });
        let watch = self.app.options.watch;
        let semantic = self.app.options.semantic;
        let encoding = encoding::Encoding::new(Arc::clone(&live), semantic);
        let encoding = encoding.map_err(ServeError::Start)?;
        let following = watch.then(|| live::Following::new(live)).transpose();
        let following = following.map_err(ServeError::Start)?;
        let cut = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            Ok(serve::serve(self.app, listener, stop).await)
        });
        drop((following, encoding));
        runtime.shutdown_background();
        cut.map_err(ServeError::Start)
    }
}

/// Answers agents on standard input and output, by the Model Context Protocol, until the input ends.
///
/// # Errors
/// When the corpus cannot be used, or the streams fail.
pub fn mcp(
    location: Location,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), ServeError> {
    let metrics = metrics::Metrics::new();
    let semantic = options.semantic;
    let live = Arc::new(live::Live::open(location, semantic, &metrics, progress)?);
    let encoding =
        encoding::Encoding::new(Arc::clone(&live), semantic).map_err(ServeError::Start)?;
    let app = Arc::new(app::State::new(
        options,
        live,
        metrics,
        None,
        http::documented().1,
    ));
    let runtime = runtime()?;
    let ended = runtime.block_on(mcp::stdio(&app));
    drop(encoding);
    // A read of standard input that is under way cannot be called off.
    runtime.shutdown_background();
    ended.map_err(|told| ServeError::Start(io::Error::other(told)))
}

fn runtime() -> Result<tokio::runtime::Runtime, ServeError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("afield")
        .build()
        .map_err(ServeError::Start)
}

/// Done when the system asks the process to end: Ctrl-C, or a termination signal.
pub async fn told_to_stop() {
    let interrupted = async {
        tokio::signal::ctrl_c().await.ok();
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    interrupted.await;
}
