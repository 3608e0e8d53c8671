//! The workspace's own rules, read from `cargo metadata`.

use serde_json::Value;
use std::{collections::BTreeSet, path::Path, process::Command};

/// Who may depend on whom among ours, in what is shipped. A crate that is not listed here fails the test.
const ALLOWED: &[(&str, &[&str])] = &[
    ("pvhcc-domain", &[]),
    ("pvhcc-store", &["pvhcc-domain"]),
    ("pvhcc-sources", &["pvhcc-domain"]),
    ("pvhcc-signin", &["pvhcc-domain"]),
    ("pvhcc-charts", &["pvhcc-domain"]),
    ("pvhcc-reports", &["pvhcc-domain"]),
    ("pvhcc-sandbox", &["pvhcc-domain"]),
    (
        "pvhcc-app",
        &[
            "pvhcc-domain",
            "pvhcc-store",
            "pvhcc-sources",
            "pvhcc-signin",
            "pvhcc-charts",
            "pvhcc-reports",
            "pvhcc-sandbox",
        ],
    ),
    ("pvhcc-desktop", &["pvhcc-app"]),
    // The command line also speaks of the journal and runs the sandbox by itself.
    ("pvhcc-cli", &["pvhcc-app", "pvhcc-domain", "pvhcc-store", "pvhcc-sandbox"]),
    ("pvhcc-devserver", &["pvhcc-app", "pvhcc-domain"]),
    ("pvhcc-xtask", &[]),
];

/// Libraries that only some of ours may know, in what is shipped.
const KEPT_TO: &[(&str, &[&str])] = &[
    ("tauri", &["pvhcc-desktop"]),
    ("sqlx", &["pvhcc-store"]),
    ("reqwest", &["pvhcc-sources", "pvhcc-signin"]),
    ("plotters", &["pvhcc-charts"]),
    ("rust_xlsxwriter", &["pvhcc-reports"]),
    ("typst", &["pvhcc-reports"]),
    ("calamine", &["pvhcc-sources"]),
    ("axum", &["pvhcc-sandbox", "pvhcc-devserver"]),
    ("ts-rs", &["pvhcc-app"]),
];

/// The tests themselves may see everything; nothing may depend on them.
const TESTS: &str = "pvhcc-tests";

struct Package {
    name: String,
    /// What is shipped: dependencies of the program and of its build, not of its tests.
    shipped: BTreeSet<String>,
    tested: BTreeSet<String>,
}

fn packages() -> Vec<Package> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let packages: Vec<Package> = metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|package| {
            let of = |test: bool| {
                let dependencies = package["dependencies"].as_array().expect("dependencies");
                dependencies
                    .iter()
                    .filter(|d| (d["kind"] == "dev") == test)
                    .map(|d| text(&d["name"]))
                    .collect()
            };
            Package { name: text(&package["name"]), shipped: of(false), tested: of(true) }
        })
        .collect();
    assert!(packages.len() >= ALLOWED.len(), "cargo metadata shows the workspace");
    packages
}

#[test]
fn dependencies_point_one_way() {
    for package in packages().iter().filter(|p| p.name != TESTS) {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            panic!("{} is not in the list of who may depend on whom", package.name);
        };
        let ours = package.shipped.iter().filter(|name| name.starts_with("pvhcc-"));
        for dependency in ours {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{} may not depend on {dependency}",
                package.name
            );
        }
        assert!(!package.tested.contains(TESTS), "{} may not depend on the tests", package.name);
    }
}

#[test]
fn each_heavy_library_is_known_to_its_own_crates_only() {
    let packages = packages();
    for (library, owners) in KEPT_TO {
        for package in packages.iter().filter(|p| p.name != TESTS && !owners.contains(&p.name.as_str())) {
            assert!(!package.shipped.contains(*library), "{} may not know {library}", package.name);
        }
        assert!(
            packages.iter().any(|p| p.shipped.contains(*library)),
            "nobody uses {library}: drop its rule"
        );
    }
}
