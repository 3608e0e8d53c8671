//! `pvhcc quality` and `pvhcc indicators` before anything was fetched: what is not known is said, never 0 and never good.

use super::{out, pvhcc};
use serde_json::Value;

#[test]
fn without_records_and_indicators_nothing_is_good_and_nothing_is_zero() {
    let folder = tempfile::tempdir().expect("folder");
    let run = |args: &[&str]| pvhcc(folder.path(), args);
    let said = out(&run(&["quality"]));
    assert!(said.contains("Không có bản ghi nào để xét"), "{said}");
    let view: Value = serde_json::from_str(&out(&run(&["quality", "--json"]))).expect("JSON");
    assert_eq!((view["state"].as_str(), view["records"].as_u64()), (Some("nothing"), Some(0)));
    let list: Value = serde_json::from_str(&out(&run(&["quality", "--list", "--json"]))).expect("JSON");
    assert_eq!(list["count"], 0);

    let view: Value = serde_json::from_str(&out(&run(&["indicators", "--json"]))).expect("JSON");
    assert!(view["score"].is_null() && view["period"].is_null());
    assert!(out(&run(&["indicators"])).contains("Chưa có chỉ số phục vụ của toàn tỉnh"));

    for (args, word) in [
        (&["quality", "--rule", "x", "--list"][..], "Không có quy tắc"),
        (&["quality", "--rule", "x"][..], "Không có quy tắc"),
        (&["indicators", "--period", "2026-13"][..], "không phải là kỳ"),
        (&["indicators", "--period", "2026"][..], "Chưa có chỉ số của kỳ"),
        (&["indicators", "--unit", "H21.999"][..], "Không có đơn vị"),
    ] {
        let refused = run(args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(word), "{args:?}");
    }
}
