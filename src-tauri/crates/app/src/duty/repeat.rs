//! Turns repeated over days, crew after crew, as one act.

use super::Room;
use crate::{
    App,
    checklist::{day, vn},
    messages,
    people::Actor,
    wire::{DoneView, ShiftRepeatArgs, TurnArgs, WireError},
};
use chrono::NaiveTime;
use pvhcc_domain::{
    operation::shift::{self, Crew, Shift, Span},
    report::deadline::parse_time,
};

/// Most days at once.
const MOST_DAYS: u32 = 31;
/// Most turns of a day.
const MOST_TURNS: usize = 8;

impl App {
    pub(crate) async fn shift_repeat(
        &self,
        actor: &Actor,
        args: ShiftRepeatArgs,
    ) -> Result<DoneView, WireError> {
        let room = self.duty_room().await?;
        let set = repeated(&room, &args)?;
        self.check_shifts(actor, &room, &set)?;
        let title = room.post(&args.post).map_or("", |p| p.title.as_str());
        let first = day(&args.first_day, "firstDay")?;
        let about = format!("Xếp {} ca «{title}» trong {} ngày từ {}", set.len(), args.days, vn(first));
        let event_id = self.write_shifts(actor, set, &about).await?;
        Ok(DoneView { event_id, message: format!("Đã {}.", about.replacen('X', "x", 1)) })
    }
}

/// The shifts of a pattern: each turn of each day, the crews taking their turns one after the other.
fn repeated(room: &Room, args: &ShiftRepeatArgs) -> Result<Vec<(String, Shift)>, WireError> {
    let first = day(&args.first_day, "firstDay")?;
    if !(1..=MOST_DAYS).contains(&args.days) {
        return Err(messages::invalid("days", &format!("Số ngày từ 1 đến {MOST_DAYS}.")));
    }
    if args.turns.is_empty() || args.turns.len() > MOST_TURNS {
        return Err(messages::invalid("turns", &format!("Mỗi ngày từ 1 đến {MOST_TURNS} ca.")));
    }
    if args.crews.is_empty() {
        return Err(messages::invalid("crews", "Hãy chọn ít nhất một kíp trực."));
    }
    let turns: Vec<(NaiveTime, NaiveTime)> = args.turns.iter().map(turn).collect::<Result<_, _>>()?;
    let crews: Vec<Crew> =
        args.crews.iter().map(|c| (c.primary.clone(), c.backup.clone().filter(|b| !b.is_empty()))).collect();
    let set: Vec<(String, Shift)> = shift::repeated(&args.post, &args.unit, first, args.days, &turns, &crews)
        .into_iter()
        .map(|shift| (uuid::Uuid::now_v7().to_string(), shift))
        .collect();
    let Some(post) = room.post(&args.post) else {
        return Err(messages::invalid("post", "Hãy chọn vị trí trực."));
    };
    // A pattern may reach beyond the time the post must be held; a turn wholly outside helps nobody.
    if let Some((_, outside)) = set.iter().find(|(_, s)| s.to <= post.from || s.from >= post.to) {
        let message = format!(
            "Ca {} nằm ngoài thời gian phải trực của vị trí này ({}).",
            super::span_text(outside.span()),
            super::span_text(Span { from: post.from, to: post.to })
        );
        return Err(messages::invalid("days", &message));
    }
    Ok(set)
}

fn turn(turn: &TurnArgs) -> Result<(NaiveTime, NaiveTime), WireError> {
    let time = |text: &str| {
        parse_time(text).ok_or_else(|| {
            messages::invalid("turns", &format!("“{text}” không phải giờ; hãy ghi dạng 19:00."))
        })
    };
    Ok((time(&turn.from)?, time(&turn.to)?))
}
