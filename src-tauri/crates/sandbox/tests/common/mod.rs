//! A sandbox in a folder of its own, and a client that follows no redirect.

use pvhcc_sandbox::{Options, Sandbox, training_start};
use reqwest::{Client, redirect::Policy};
use std::{path::Path, sync::OnceLock};

/// One key for all tests: making one takes seconds.
fn key() -> &'static [u8] {
    static KEY: OnceLock<Vec<u8>> = OnceLock::new();
    KEY.get_or_init(|| {
        use rsa::pkcs8::{EncodePrivateKey, LineEnding};
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).expect("key");
        key.to_pkcs8_pem(LineEnding::LF).expect("pem").as_bytes().to_vec()
    })
}

pub(crate) fn options(folder: &Path) -> Options {
    std::fs::create_dir_all(folder).expect("folder");
    let file = folder.join("vneid-key.pem");
    if !file.exists() {
        std::fs::write(file, key()).expect("key written");
    }
    Options {
        listen: "127.0.0.1:0".parse().expect("address"),
        folder: folder.to_owned(),
        clock_start: training_start(),
        speed: 0.0,
        seed: 1,
        scenario: None,
    }
}

pub(crate) async fn start(folder: &Path) -> Sandbox {
    Sandbox::start(options(folder)).await.expect("sandbox")
}

pub(crate) fn client() -> Client {
    // The second test of a process finds the provider installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(Policy::none()).no_proxy().build().expect("client")
}
