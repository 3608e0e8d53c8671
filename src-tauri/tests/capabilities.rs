//! What the window may call is the table of commands and listening to events, nothing else.

use serde_json::Value;
use std::collections::BTreeSet;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("valid JSON")
}

fn granted() -> BTreeSet<String> {
    let capability = json(include_str!("../capabilities/main.json"));
    assert_eq!(capability["windows"], serde_json::json!(["main"]), "only the main window is named");
    assert!(capability.get("remote").is_none(), "no page from elsewhere may call anything");
    let list = capability["permissions"].as_array().expect("a list");
    list.iter().map(|p| p.as_str().expect("a plain permission without scope").to_owned()).collect()
}

#[test]
fn the_capability_grants_exactly_the_table_of_commands_and_listening() {
    let mut wanted: BTreeSet<String> = pvhcc_app::commands::COMMANDS
        .iter()
        .map(|command| format!("allow-{}", command.name.replace('_', "-")))
        .collect();
    wanted.extend(["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned));
    assert_eq!(granted(), wanted);
}

#[test]
fn there_is_one_capability_and_the_configuration_names_it() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities");
    let files: Vec<_> = std::fs::read_dir(folder)
        .expect("folder")
        .map(|entry| entry.expect("entry").file_name().into_string().expect("name"))
        .collect();
    assert_eq!(files, ["main.json"]);
    let config = json(include_str!("../tauri.conf.json"));
    assert_eq!(config["app"]["security"]["capabilities"], serde_json::json!(["main"]));
}

#[test]
fn the_page_runs_only_its_own_scripts_and_reaches_no_network() {
    let config = json(include_str!("../tauri.conf.json"));
    let csp = &config["app"]["security"]["csp"];
    assert_eq!(csp["default-src"], "'self'");
    assert_eq!(csp["script-src"], "'self'");
    assert_eq!(csp["connect-src"], "ipc: http://ipc.localhost");
    assert_eq!(config["app"]["withGlobalTauri"], false);
}
