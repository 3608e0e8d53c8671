//! Secrets told, replaced and removed after the set-up. Each change is an act of the journal with the secret's name alone.

use super::{Place, SecretName};
use crate::{
    App,
    config::Config,
    messages,
    people::Actor,
    poll::SourceSecrets,
    profile::Profile,
    wire::{AppEvent, ErrorCode, SecretArgs, SecretKeyArgs, SecretPlace, SecretView, SecretsView, WireError},
};
use pvhcc_domain::{act::Act, time::Ms};
use pvhcc_signin::Secret;

/// Entity of the acts on secrets.
const SECRETS: &str = "secrets";
/// When the set-up kept a secret: nobody is signed in then, who could have said it.
const BY_SET_UP: &str = "secret.set_up.";

impl App {
    pub(crate) async fn secrets(&self) -> Result<SecretsView, WireError> {
        let training = self.0.profile == Profile::Training;
        let secrets = if training { Vec::new() } else { self.secret_views().await? };
        Ok(SecretsView { training, keyring: self.0.secrets.has_keyring().await, secrets })
    }

    /// Where each secret is and since when, never what it is.
    pub(crate) async fn secret_views(&self) -> Result<Vec<SecretView>, WireError> {
        let events = self.events_of(SECRETS).await?;
        let who = self.who().await?;
        let mut views = Vec::new();
        for name in SecretName::asked(self.0.config.as_ref()) {
            let variable = name.variable();
            let place = self.0.secrets.find(name).await.map(|(_, place)| match place {
                Place::Environment => SecretPlace::Environment,
                Place::Keyring => SecretPlace::Keyring,
            });
            let told =
                events.iter().rev().find(|e| matches!(&e.act, Act::SecretSet { name } if name == variable));
            let set_up = self.0.store.setting(&format!("{BY_SET_UP}{variable}")).await;
            let set_up = set_up.map_err(|e| messages::store(&e))?.and_then(|at| at.parse().ok()).map(Ms);
            let kept = place == Some(SecretPlace::Keyring);
            let told = told.filter(|e| kept && set_up.is_none_or(|at| at <= e.said_at));
            views.push(SecretView {
                variable: variable.to_owned(),
                title: name.title().to_owned(),
                required: name.required(),
                place,
                since: told.map(|e| e.said_at).or(set_up.filter(|_| kept)).map(|at| at.0),
                who: told.map(|e| who.of(e)),
            });
        }
        Ok(views)
    }

    /// Tries a new secret at its source and keeps it in place of the earlier one.
    pub(crate) async fn secret_set(&self, actor: &Actor, args: SecretArgs) -> Result<SecretsView, WireError> {
        let name = self.changeable(&args.variable)?;
        let value = args.value.trim();
        if value.is_empty() {
            return Err(messages::invalid("value", "Hãy nhập bí mật mới."));
        }
        if let Some((_, Place::Environment)) = self.0.secrets.find(name).await {
            return Err(super::refused(
                name,
                "Biến môi trường đang giữ bí mật này và được dùng trước kho khóa.",
            ));
        }
        let config = self.0.config.as_ref().ok_or_else(messages::no_sources)?;
        if !args.untried {
            self.try_secret(config, name, value).await.map_err(|why| {
                WireError::new(
                    ErrorCode::Source,
                    format!("Chưa lưu. Thử kết nối: {why}. Hãy xem lại bí mật vừa nhập."),
                )
                .with("tried", name.variable())
            })?;
        }
        self.keep_secret(Some(actor), name, Secret::new(value)).await?;
        self.emit(AppEvent::SettingsChanged);
        self.secrets().await
    }

    /// Removes a secret from the keyring; its source then refuses, or takes the environment's.
    pub(crate) async fn secret_remove(
        &self,
        actor: &Actor,
        args: SecretKeyArgs,
    ) -> Result<SecretsView, WireError> {
        let name = self.changeable(&args.variable)?;
        let Some((before, Place::Keyring)) = self.0.secrets.find(name).await else {
            return Err(WireError::new(
                ErrorCode::NotFound,
                format!("Kho khóa của máy không giữ {}.", name.variable()),
            ));
        };
        self.0.secrets.remove(name).await?;
        self.told(actor, name, Act::SecretRemoved { name: name.variable().to_owned() }, Some(before)).await?;
        self.emit(AppEvent::SettingsChanged);
        self.secrets().await
    }

    /// Keeps a secret; `who` is nobody in the set-up of a profile without settings.
    pub(crate) async fn keep_secret(
        &self,
        who: Option<&Actor>,
        name: SecretName,
        secret: Secret,
    ) -> Result<(), WireError> {
        let variable = name.variable().to_owned();
        let before = match self.0.secrets.find(name).await {
            Some((before, Place::Keyring)) => Some(before),
            _ => None,
        };
        self.0.secrets.put(name, secret).await?;
        match who {
            Some(actor) => self.told(actor, name, Act::SecretSet { name: variable }, before).await,
            None => {
                let (key, at) = (format!("{BY_SET_UP}{variable}"), self.now().0.to_string());
                self.0.store.put_setting(&key, &at).await.map_err(|e| messages::store(&e))
            }
        }
    }

    /// Says a change that the keyring has taken, and lets the sources go on with it. What cannot be said is taken back: no
    /// secret changes without somebody's name.
    async fn told(
        &self,
        actor: &Actor,
        name: SecretName,
        act: Act,
        before: Option<Secret>,
    ) -> Result<(), WireError> {
        if let Err(e) = self.say(actor, SECRETS, None, act).await {
            let back = match before {
                Some(before) => self.0.secrets.put(name, before).await,
                None => self.0.secrets.remove(name).await,
            };
            if let Err(back) = back {
                tracing::error!(error = %back.message, "a change of a secret was neither said nor taken back");
            }
            return Err(e);
        }
        self.notice_secrets().await
    }

    /// Lets the sources look for their secrets anew when one was changed, here or by another process.
    pub(crate) async fn notice_secrets(&self) -> Result<(), WireError> {
        if self.secrets_are_news().await?
            && let Some(poller) = &self.0.poller
        {
            poller.secrets_changed().await;
        }
        Ok(())
    }

    /// Somebody changed a secret since this was last asked.
    pub(crate) async fn secrets_are_news(&self) -> Result<bool, WireError> {
        let last = self.events_of(SECRETS).await?.pop().map(|event| event.id);
        Ok(self.0.secrets.notice(last))
    }

    /// Asks the source of a secret with this value; what failed, as a clause in Vietnamese.
    async fn try_secret(&self, config: &Config, name: SecretName, value: &str) -> Result<(), String> {
        if name == SecretName::VneidClient {
            return crate::people::test_provider(config, Some(Secret::new(value))).await;
        }
        let given = |asked| (asked == name).then(|| value.to_owned());
        let secrets = SourceSecrets::find(config, &self.0.secrets, &given).await;
        match name {
            SecretName::PortalPassword => crate::poll::test_portal(config, &secrets).await,
            _ => crate::poll::test_gateway(config, &secrets).await,
        }
    }

    fn changeable(&self, variable: &str) -> Result<SecretName, WireError> {
        if self.0.profile == Profile::Training {
            return Err(WireError::new(
                ErrorCode::Config,
                "Hồ sơ tập huấn không dùng bí mật nào. Hãy mở hồ sơ chính thức.",
            ));
        }
        let asked = SecretName::asked(self.0.config.as_ref());
        asked.into_iter().find(|name| name.variable() == variable).ok_or_else(|| {
            let names = asked.map(SecretName::variable).join(", ");
            messages::invalid("variable", &format!("Các nguồn của hồ sơ này chỉ dùng: {names}."))
        })
    }
}
