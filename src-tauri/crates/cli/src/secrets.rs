//! `pvhcc secrets`: where the secrets of the sources are, and changing them. A value comes from a prompt or from standard
//! input, never from the arguments, which other processes can read.

use crate::{
    Outcome, Place,
    actor::{Acting, call},
    print,
};
use pvhcc_app::{
    App,
    wire::{ErrorCode, NoArgs, SecretArgs, SecretKeyArgs, SecretPlace, SecretView, SecretsView, WireError},
};
use pvhcc_domain::{text::instant, time::Ms};
use std::{
    fmt::Write as _,
    io::{IsTerminal as _, Read as _},
    process::ExitCode,
};

/// Longest secret read, bytes.
const LONGEST: u64 = 64 << 10;

/// In whose name, and what to do.
pub(crate) type Args = Acting<Command>;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// In nơi giữ từng bí mật và đặt từ khi nào; không bao giờ in giá trị
    List,
    /// Đặt hoặc thay một bí mật trong kho khóa; giá trị đọc từ bàn phím (không hiện) hoặc từ đầu vào chuẩn
    Set {
        /// Tên, như «pvhcc secrets list» in ra
        name: String,
        /// Không thử kết nối trước khi lưu
        #[arg(long)]
        untried: bool,
    },
    /// Xóa một bí mật khỏi kho khóa
    Remove {
        /// Tên, như «pvhcc secrets list» in ra
        name: String,
    },
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    // Asked for before the profile is opened: somebody may take long to type.
    let value = match &args.command {
        Command::Set { name, .. } => Some(value(name)?),
        _ => None,
    };
    let app = args.who.open(place).await?;
    let done = act(&app, args.command, value).await;
    app.shutdown().await;
    print(&done?);
    Ok(ExitCode::SUCCESS)
}

async fn act(app: &App, command: Command, value: Option<String>) -> Result<String, WireError> {
    match command {
        Command::List => Ok(told(&call(app, "secrets", &NoArgs {}).await?)),
        Command::Set { name, untried } => {
            let (variable, value) = (name.clone(), value.unwrap_or_default());
            let args = SecretArgs { variable, value, untried };
            let _: SecretsView = call(app, "secret_set", &args).await.map_err(hint)?;
            Ok(format!("Đã lưu {name} vào kho khóa của máy.\n"))
        }
        Command::Remove { name } => {
            let args = SecretKeyArgs { variable: name.clone() };
            let _: SecretsView = call(app, "secret_remove", &args).await?;
            Ok(format!("Đã xóa {name} khỏi kho khóa của máy.\n"))
        }
    }
}

fn hint(mut e: WireError) -> WireError {
    if e.details.contains_key("tried") {
        e.message.push_str(" Nguồn đang không trả lời thì có thể lưu với --untried.");
    }
    e
}

fn value(name: &str) -> Result<String, WireError> {
    let unread =
        |e: std::io::Error| WireError::new(ErrorCode::Invalid, format!("Không đọc được bí mật: {e}."));
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{name}: ")).map_err(unread);
    }
    let mut text = String::new();
    std::io::stdin().take(LONGEST).read_to_string(&mut text).map_err(unread)?;
    Ok(text)
}

fn told(view: &SecretsView) -> String {
    if view.training {
        return "Hồ sơ tập huấn không dùng bí mật nào.\n".to_owned();
    }
    let mut text = String::new();
    if !view.keyring {
        text.push_str(
            "Máy này không có kho khóa của hệ điều hành: đặt bí mật vào các biến môi trường dưới đây.\n",
        );
    }
    for secret in &view.secrets {
        let _ = writeln!(text, "{:<28} {} · {}", secret.variable, secret.title, standing(secret));
    }
    text
}

fn standing(secret: &SecretView) -> String {
    match (secret.place, secret.since) {
        (None, _) => "chưa đặt".to_owned(),
        (Some(SecretPlace::Environment), _) => "đến từ biến môi trường".to_owned(),
        (Some(SecretPlace::Keyring), None) => "đã đặt".to_owned(),
        (Some(SecretPlace::Keyring), Some(at)) => {
            let who = secret.who.as_deref().map(|who| format!(" · {who}")).unwrap_or_default();
            format!("đã đặt lúc {}{who}", instant(Ms(at)))
        }
    }
}
