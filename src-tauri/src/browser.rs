//! Opens things outside the window: a link in the system's browser or by a program the settings name, a file by the
//! system's program for it.

use std::process::{Command, Stdio};

/// Opens `url`. `command` is a program with its first arguments, parted by blanks; the address comes last.
///
/// # Errors
/// Vietnamese, ready to show: the address is not http(s), or the program did not start.
pub(crate) fn open(command: Option<&str>, url: &str) -> Result<(), String> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err("Địa chỉ không phải http hoặc https nên không mở.".into());
    }
    let result = match command {
        None => open::that_detached(url),
        Some(command) => {
            let mut words = command.split_whitespace();
            let Some(program) = words.next() else {
                return Err(
                    "Cài đặt trình duyệt để trống. Hãy bỏ PVHCC_BROWSER hoặc ghi tên chương trình.".into()
                );
            };
            spawn(Command::new(program).args(words).arg(url))
        }
    };
    result.map_err(|e| format!("Không mở được trình duyệt ({e}). Hãy sao chép địa chỉ và tự mở."))
}

/// Opens a file with the system's program for it. What kinds of files come here is decided where they are kept.
///
/// # Errors
/// Vietnamese, ready to show: the system has no program for it, or it did not start.
pub(crate) fn open_file(path: &std::path::Path) -> Result<(), String> {
    open::that_detached(path).map_err(|e| {
        format!("Không mở được {} ({e}). Hãy cài chương trình đọc loại tệp này.", path.display())
    })
}

/// Starts without waiting; a thread collects the exit so that no zombie stays.
fn spawn(command: &mut Command) -> std::io::Result<()> {
    let mut child = command.stdin(Stdio::null()).spawn()?;
    std::thread::spawn(move || {
        if let Ok(status) = child.wait() {
            tracing::debug!(%status, "the program that opens links ended");
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_opened() {
        assert!(open(Some("true"), "file:///etc/passwd").is_err());
        assert!(open(Some("true"), "javascript:alert(1)").is_err());
    }

    #[test]
    fn a_program_that_does_not_exist_is_told() {
        let problem = open(Some("pvhcc-no-such-program"), "https://localhost/").expect_err("refused");
        assert!(problem.contains("sao chép địa chỉ"), "{problem}");
    }
}
