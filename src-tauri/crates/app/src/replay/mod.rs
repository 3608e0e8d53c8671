//! The night again: the window at any moment of it, and everything that was observed, concluded and done as one log.

mod acts;
mod export;
mod log;
mod moment;
mod spans;
