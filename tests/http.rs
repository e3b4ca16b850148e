//! The HTTP door as a client meets it: through real sockets, against the program itself.

mod search;
