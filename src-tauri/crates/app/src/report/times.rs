//! When the system is to look while no window is open.

use crate::{App, wire::WireError};
use chrono::NaiveTime;

impl App {
    /// The reminders in force today, in order.
    pub(crate) async fn reminder_times(&self) -> Result<Vec<NaiveTime>, WireError> {
        let (now, dues) = (self.now(), self.dues().await?);
        Ok(dues.reminders(now.day(), now).to_vec())
    }
}
