//! Signing in against a provider that misbehaves on command, and against browsers that do.

mod browser;
mod id_token;
mod provider;
mod redirect;
mod session;
