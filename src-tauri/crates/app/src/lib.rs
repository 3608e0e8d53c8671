//! Use cases that tie the parts together: poller, sign-in, roster, checklist, commands, events, messages.

pub mod wire;
