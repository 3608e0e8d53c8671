//! Signing in against a provider that misbehaves on command, and against browsers that do.

mod browser;
mod confidential;
mod id_token;
mod logout;
mod network;
mod provider;
mod redirect;
mod session;
