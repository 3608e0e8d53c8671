//! Gives every command of the application its own permission, so that a window may call only what its
//! capability names. The list comes from the one table of commands.

macro_rules! commands {
    ($($name:ident($args:ty) -> $out:ty, $perm:ident, $about:literal;)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
include!("crates/app/src/commands/table.rs");

fn main() {
    println!("cargo:rerun-if-changed=crates/app/src/commands/table.rs");
    let manifest = tauri_build::AppManifest::new().commands(NAMES);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(problem) = tauri_build::try_build(attributes) {
        eprintln!("{problem:#}");
        std::process::exit(1);
    }
}
