//! Rebuilds the crate when a migration appears or changes: `sqlx::migrate!` reads the folders at compile time.

fn main() {
    println!("cargo:rerun-if-changed=migrations/journal");
    println!("cargo:rerun-if-changed=migrations/observations");
}
