//! The HTTP door as a client meets it: through real sockets, against the program itself.

mod access;
mod keeping;
mod limits;
mod mcp;
mod problems;
mod search;
mod system;
