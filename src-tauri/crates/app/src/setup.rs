//! The set-up: what a profile without settings offers, the connection test, and saving. Addresses go to `config.toml`,
//! secrets to the keyring; no secret ever comes back to the page.

use crate::{
    App, config, messages, paths,
    people::Actor,
    poll::SourceSecrets,
    profile::Profile,
    secrets::SecretName,
    wire::{ErrorCode, SetupArgs, SetupTestLine, SetupTestView, SetupView, WireError},
};
use pvhcc_domain::roles::Role;
use pvhcc_signin::Secret;
use std::{io::Write as _, path::Path};
use url::Url;

impl App {
    pub(crate) async fn setup_state(&self) -> Result<SetupView, WireError> {
        Ok(SetupView {
            configured: self.0.config.is_some() || self.0.config_path.exists(),
            config_path: self.0.config_path.display().to_string(),
            reopens: self.somebody_reopens(),
            keyring: self.0.secrets.has_keyring().await,
            secrets: self.secret_views().await?,
        })
    }

    /// Tries each address and says what failed and whom to ask; saves nothing.
    pub(crate) async fn setup_test(
        &self,
        who: Option<&Actor>,
        args: SetupArgs,
    ) -> Result<SetupTestView, WireError> {
        self.may_set_up(who)?;
        check(&args)?;
        let config = config::parse(&config_text(&args), "thiết lập")?;
        let line = |title: &str, outcome: Result<(), String>, ask: &str| SetupTestLine {
            title: title.to_owned(),
            ok: outcome.is_ok(),
            text: match outcome {
                Ok(()) => "Trả lời đúng.".to_owned(),
                Err(why) => format!("Chưa được: {why}. Hãy hỏi {ask}."),
            },
        };
        let client_secret = match typed(&args, SecretName::VneidClient) {
            Some(typed) => Some(Secret::new(typed)),
            None => self.0.secrets.get(SecretName::VneidClient).await,
        };
        let secrets = SourceSecrets::find(&config, &self.0.secrets, &|name| typed(&args, name)).await;
        let (vneid, gateway, portal) = tokio::join!(
            crate::people::test_provider(&config, client_secret),
            crate::poll::test_gateway(&config, &secrets),
            crate::poll::test_portal(&config, &secrets),
        );
        Ok(SetupTestView {
            lines: vec![
                line("VNeID", vneid, "đầu mối VNeID (C06, PC06)"),
                line("Trục tích hợp", gateway, "VNPT – Gia Lai và Trung tâm Chuyển đổi số"),
                line("Cổng DVCQG", portal, "Trung tâm Chuyển đổi số và C12"),
            ],
        })
    }

    /// Keeps the secrets, writes the settings, and lets the window go on with them.
    pub(crate) async fn setup_save(
        &self,
        who: Option<&Actor>,
        args: SetupArgs,
    ) -> Result<SetupView, WireError> {
        self.may_set_up(who)?;
        check(&args)?;
        let text = config_text(&args);
        config::parse(&text, "thiết lập")?;
        for name in asked() {
            if let Some(secret) = typed(&args, name) {
                self.keep_secret(who, name, Secret::new(secret)).await?;
            }
        }
        write(&self.0.config_path, &text).map_err(|e| messages::folder(&self.0.folder, &e))?;
        if self.in_own_folder() {
            remember(Profile::Official)?;
        }
        let state = self.setup_state().await?;
        self.choose(Profile::Official);
        Ok(state)
    }

    /// Goes on with the training profile, which has a folder of its own.
    pub(crate) async fn setup_training(&self) -> Result<SetupView, WireError> {
        if !self.in_own_folder() {
            return Err(WireError::new(
                ErrorCode::Config,
                "Thư mục dữ liệu được chỉ định khi mở là của hồ sơ này, không dùng chung được. Hãy mở lại chương trình \
                 với --training và một thư mục khác.",
            )
            .with("folder", self.0.folder.display().to_string()));
        }
        remember(Profile::Training)?;
        let state = self.setup_state().await?;
        self.choose(Profile::Training);
        Ok(state)
    }

    /// The profile is where the system keeps it, not in a folder named at the start.
    fn in_own_folder(&self) -> bool {
        paths::profile(self.0.profile).is_ok_and(|own| own == self.0.folder)
    }

    /// Anybody may set up a profile that has no settings yet; afterwards only an admin.
    fn may_set_up(&self, who: Option<&Actor>) -> Result<(), WireError> {
        if self.0.config.is_none() || who.is_some_and(|a| a.role == Role::Admin) {
            return Ok(());
        }
        Err(WireError::new(ErrorCode::Forbidden, "Chỉ quản trị được đổi cấu hình nguồn dữ liệu."))
    }
}

/// The secrets that the set-up asks for. It writes no `client_id` of the gateway, which is then asked by bearer token.
fn asked() -> [SecretName; 3] {
    SecretName::asked(None)
}

/// What was typed for a secret; an empty field leaves it as it is.
fn typed(args: &SetupArgs, name: SecretName) -> Option<String> {
    args.secrets.get(name.variable()).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn check(args: &SetupArgs) -> Result<(), WireError> {
    for (field, text) in [("issuer", &args.issuer), ("gateway", &args.gateway), ("portal", &args.portal)] {
        let good = Url::parse(text.trim())
            .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.host_str().is_some());
        if !good {
            return Err(messages::invalid(field, "Địa chỉ phải đầy đủ, bắt đầu bằng https:// hoặc http://."));
        }
    }
    for (field, text, missing) in [
        ("clientId", &args.client_id, "Hãy nhập mã ứng dụng do VNeID cấp."),
        ("dstcode", &args.dstcode, "Hãy nhập mã thành viên của Cổng DVCQG trên Security Server."),
        ("providerUrl", &args.provider_url, "Hãy nhập địa chỉ nhà cung cấp dịch vụ (providerurl)."),
        ("username", &args.username, "Hãy nhập tài khoản kết nối Cổng DVCQG."),
        ("unitCode", &args.unit_code, "Hãy nhập mã đơn vị tại Cổng DVCQG."),
    ] {
        if text.trim().is_empty() {
            return Err(messages::invalid(field, missing));
        }
    }
    match args.secrets.keys().find(|key| !asked().iter().any(|name| name.variable() == **key)) {
        Some(key) => Err(messages::invalid(key, "Không có bí mật nào mang tên này.")),
        None => Ok(()),
    }
}

/// Writes beside the file and puts it in place whole: a power cut leaves the old one or the new one.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let new = path.with_extension("toml.new");
    let mut file = std::fs::File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(new, path)
}

/// The profile that the next start opens.
fn remember(profile: Profile) -> Result<(), WireError> {
    let base = paths::base()?;
    std::fs::create_dir_all(&base)
        .and_then(|()| std::fs::write(base.join("profile"), profile.folder()))
        .map_err(|e| messages::folder(&base, &e))
}

/// Which profile the last choice was; `None` before the first.
#[must_use]
pub fn remembered() -> Option<Profile> {
    let text = std::fs::read_to_string(paths::base().ok()?.join("profile")).ok()?;
    [Profile::Training, Profile::Official].into_iter().find(|p| p.folder() == text.trim())
}

/// The settings file of the set-up: the example with what was typed.
fn config_text(args: &SetupArgs) -> String {
    let quoted = |text: &str| toml::Value::String(text.trim().to_owned()).to_string();
    let mut section = "";
    let lines = config::EXAMPLE.lines().map(|line| {
        if line.starts_with('[') {
            section = line;
        }
        match (section, line.split_once(" = ").map(|(key, _)| key)) {
            ("[vneid]", Some("issuer")) => format!("issuer = {}", quoted(&args.issuer)),
            ("[vneid]", Some("client_id")) => format!("client_id = {}", quoted(&args.client_id)),
            ("[gateway]", Some("base_url")) => format!("base_url = {}", quoted(&args.gateway)),
            ("[portal]", Some("base_url")) => format!("base_url = {}", quoted(&args.portal)),
            ("[portal]", Some("dstcode")) => format!("dstcode = {}", quoted(&args.dstcode)),
            ("[portal]", Some("provider_url")) => format!("provider_url = {}", quoted(&args.provider_url)),
            ("[portal]", Some("username")) => format!("username = {}", quoted(&args.username)),
            ("[portal]", Some("unit_code")) => format!("unit_code = {}", quoted(&args.unit_code)),
            _ => line.to_owned(),
        }
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args() -> SetupArgs {
        SetupArgs {
            issuer: "https://id.test/realm".into(),
            client_id: "ma \"la\"".into(),
            gateway: "https://gw.test/g".into(),
            portal: "https://ss.test:8080".into(),
            dstcode: "VN:GOV:DVCQG".into(),
            provider_url: "https://dvcqg.test".into(),
            username: "gialai".into(),
            unit_code: "H21.1".into(),
            secrets: [("PVHCC_GATEWAY_TOKEN".to_owned(), " the-token ".to_owned())].into(),
        }
    }

    #[test]
    fn the_set_up_writes_a_file_that_reads_back_with_the_addresses_typed_and_no_secret() {
        let text = config_text(&args());
        let config = config::parse(&text, "t").expect("parses");
        assert_eq!(config.vneid.issuer.as_str(), "https://id.test/realm");
        assert_eq!(config.vneid.client_id, "ma \"la\"");
        assert_eq!(config.gateway.base_url.as_str(), "https://gw.test/g");
        assert_eq!(config.portal.base_url.as_str(), "https://ss.test:8080/");
        let portal = &config.portal;
        assert_eq!(
            (portal.dstcode.as_str(), portal.provider_url.as_str()),
            ("VN:GOV:DVCQG", "https://dvcqg.test")
        );
        assert_eq!((portal.username.as_str(), portal.unit_code.as_str()), ("gialai", "H21.1"));
        let live: Vec<&str> = text.lines().filter(|l| !l.starts_with('#') && l.contains("example")).collect();
        assert!(live.is_empty(), "nothing of the example is left in force: {live:?}");
        assert!(!text.contains("the-token"));
        assert!(!format!("{:?}", args()).contains("the-token"), "nor in a log");
        assert_eq!(typed(&args(), SecretName::GatewayToken).as_deref(), Some("the-token"));
    }

    #[test]
    fn a_wrong_address_or_an_unknown_secret_is_named_by_its_field() {
        check(&args()).expect("good");
        let mut unknown = args();
        unknown.secrets.insert("PATH".to_owned(), "x".to_owned());
        for (field, wrong) in [
            ("issuer", SetupArgs { issuer: "id.test".into(), ..args() }),
            ("gateway", SetupArgs { gateway: "ftp://gw.test".into(), ..args() }),
            ("portal", SetupArgs { portal: "https://".into(), ..args() }),
            ("clientId", SetupArgs { client_id: " ".into(), ..args() }),
            ("unitCode", SetupArgs { unit_code: String::new(), ..args() }),
            ("PATH", unknown),
        ] {
            let e = check(&wrong).expect_err(field);
            assert_eq!(e.details.get("field").map(String::as_str), Some(field));
        }
    }
}
