//! Gives every command of the application its own permission, so that a window may call only what its
//! capability names. The list comes from the one table of commands.

macro_rules! commands {
    ($($name:ident($($given:ident),* $(: $args:ty)?) -> $out:ty, $perm:ident $($moment:ident)?, $about:literal;)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
include!("crates/app/src/commands/table.rs");

fn main() {
    #[allow(clippy::print_stdout, reason = "standard output is how a build script speaks to cargo")]
    {
        println!("cargo:rerun-if-changed=crates/app/src/commands/table.rs");
    }
    let manifest = tauri_build::AppManifest::new().commands(NAMES);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).expect("the configuration, capabilities and icons are sound");
}
