//! The field's own types and rules; pure: no I/O, no async, no clock of its own.
