//! Notifications of the system. Where there is no service for them, that is told and nothing else happens: the window, the tray
//! and the command line remind too.

use notify_rust::{Notification, Timeout, Urgency};

/// Name of the product in notifications.
const NAME: &str = "Bảng điều khiển PVHCC";

/// Shows a notification; `level` from 1 to 4 is how loud: from the third on it stays until somebody closes it. Waits for the
/// service, so call it on a thread that may wait.
///
/// # Errors
/// Why the system did not show it: no service, no session.
pub fn notify(title: &str, text: &str, level: u8) -> Result<(), String> {
    notification(title, text, level).show().map(drop).map_err(|e| e.to_string())
}

fn notification(title: &str, text: &str, level: u8) -> Notification {
    let (urgency, timeout) = match level {
        0 | 1 => (Urgency::Low, Timeout::Default),
        2 => (Urgency::Normal, Timeout::Default),
        _ => (Urgency::Critical, Timeout::Never),
    };
    let mut shown = Notification::new();
    shown.appname(NAME).summary(title).body(text).urgency(urgency).timeout(timeout);
    #[cfg(all(unix, not(target_os = "macos")))]
    if level >= 4 {
        shown.sound_name("alarm-clock-elapsed");
    }
    shown.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn louder_ones_stay_until_somebody_closes_them() {
        let timeouts: Vec<Timeout> = (1..=4).map(|level| notification("a", "b", level).timeout).collect();
        assert_eq!(timeouts, [Timeout::Default, Timeout::Default, Timeout::Never, Timeout::Never]);
        let shown = notification("Báo cáo ngày", "Còn 10 phút", 4);
        assert_eq!(
            (shown.appname.as_str(), shown.summary.as_str(), shown.body.as_str()),
            (NAME, "Báo cáo ngày", "Còn 10 phút")
        );
    }
}
