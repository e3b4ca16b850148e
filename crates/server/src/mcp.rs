//! The door for agents: tools of the [Model Context Protocol], on standard streams and over HTTP.
//!
//! `inspire`, `case` and `sectors` answer what the HTTP routes answer, with the same schemas. `search` and `fetch` are
//! in the shapes that chat connectors expect. All of them only read, none keeps anything between two calls.
//!
//! [Model Context Protocol]: https://modelcontextprotocol.io

mod tools;

use crate::app::App;
use crate::problem::Problem;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _};
use std::fmt::Write as _;
use std::sync::Arc;

/// The tools over an app.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    app: App,
    listed: Arc<Vec<Tool>>,
}

/// The tools over HTTP. Every call stands alone, so there are no sessions that could pile up, and answers are plain
/// JSON. Host and origin are checked for all routes alike, so not again here.
pub(crate) fn http(app: &App) -> StreamableHttpService<Tools, NeverSessionManager> {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(app.options.body)
        .disable_allowed_hosts();
    let tools = Tools::new(app);
    StreamableHttpService::new(move || Ok(tools.clone()), Arc::default(), config)
}

/// Answers on standard input and output until the input ends.
pub(crate) async fn stdio(app: &App) -> Result<(), String> {
    let serving = Tools::new(app).serve(rmcp::transport::stdio()).await;
    let serving = serving.map_err(|error| error.to_string())?;
    serving.waiting().await.map_err(|error| error.to_string())?;
    Ok(())
}

impl Tools {
    fn new(app: &App) -> Self {
        Self {
            app: app.clone(),
            listed: Arc::new(tools::listed(&app.document)),
        }
    }

    /// What an agent should know before it asks.
    fn instructions(&self) -> String {
        let engine = self.app.live.engine();
        let vocabulary = engine.vocabulary();
        let sectors: Vec<&str> = vocabulary
            .sectors
            .iter()
            .map(|sector| sector.id.as_str())
            .collect();
        let signals: Vec<&str> = vocabulary
            .signals
            .iter()
            .map(|signal| signal.id.as_str())
            .collect();
        let cases = engine.info().cases;
        let mut told = format!(
            "afield finds ideas of other, stressed sectors for a problem in plain words, in {cases} sourced case studies. \
             Ask with `inspire`: describe the problem in whole sentences, and name the asker's own sector in `for`, so that \
             its cases are left out. Every idea has its reason, outcome, evidence grade (A measured to D legend) and sources; \
             cite them, and say when an idea failed. When `verdict` is `weak` or `none`, say so instead of forcing an answer."
        );
        if !sectors.is_empty() {
            write!(told, "\n\nSectors: {}.", sectors.join(", ")).ok();
        }
        if !signals.is_empty() {
            write!(told, "\n\nStress signals: {}.", signals.join(", ")).ok();
        }
        told
    }
}

impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let server = Implementation::new("afield", env!("CARGO_PKG_VERSION"))
            .with_title("afield: look further afield");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(server)
            .with_instructions(self.instructions())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.listed.to_vec()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.listed.iter().find(|tool| tool.name == name).cloned()
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = tools::ToolName::named(&request.name) else {
            let names: Vec<&str> = self.listed.iter().map(|tool| tool.name.as_ref()).collect();
            let told = format!(
                "there is no tool `{}`; there are `{}`",
                request.name,
                names.join("`, `")
            );
            return Err(ErrorData::invalid_params(told, None));
        };
        let (engine, today) = (self.app.live.engine(), self.app.today());
        let arguments = request.arguments.unwrap_or_default();
        let called = self
            .app
            .pool
            .run(move || tool.call(&engine, arguments, today))
            .await;
        let result = called.map_or_else(|problem| refused(&problem), CallToolResult::structured);
        Ok(result.into())
    }
}

/// A problem as an agent can act on it: in words, since protocols tend to hide codes.
fn refused(problem: &Problem) -> CallToolResult {
    let mut told = problem.detail.clone();
    for fault in problem.errors.iter().filter(|_| problem.errors.len() > 1) {
        write!(
            told,
            "\n- {}: {}",
            fault.pointer.trim_start_matches("#/"),
            fault.detail
        )
        .ok();
    }
    CallToolResult::error(vec![ContentBlock::text(told)])
}
