//! afield over HTTP and MCP.
