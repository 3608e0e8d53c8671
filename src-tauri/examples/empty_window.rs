//! An empty Tauri window: what `cargo xtask bench` measures start and memory against.

#[cfg(target_os = "linux")]
#[allow(
    unsafe_code,
    clippy::disallowed_methods,
    reason = "first statement of main: no other thread exists yet"
)]
fn same_renderer_as_the_dashboard() {
    const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(NAME).is_none() {
        unsafe { std::env::set_var(NAME, "1") };
    }
}

#[cfg(not(target_os = "linux"))]
fn same_renderer_as_the_dashboard() {}

fn main() -> tauri::Result<()> {
    same_renderer_as_the_dashboard();
    tauri::Builder::default().run(tauri::generate_context!("examples/empty/tauri.conf.json"))
}
