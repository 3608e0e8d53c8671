//! The clients behind the poller, from the settings.

use crate::{
    config::{Config, Method, ProbeSection},
    messages,
    secrets::{SecretName, Secrets},
    wire::{ErrorCode, WireError},
};
use pvhcc_domain::time::{SharedClock, SystemClock};
use pvhcc_sources::{
    AddressAs, Gateway, GatewayAuth, GatewayConfig, HttpConfig, Portal, PortalConfig, ProbeMethod,
    ProbeTarget, Prober, Secret,
};
use std::{sync::Arc, time::Duration};

/// Gateway, portal and the systems around.
pub(super) struct Clients {
    pub(super) gateway: Gateway,
    pub(super) portal: Portal,
    pub(super) prober: Prober,
    /// In the order of the settings.
    pub(super) targets: Vec<ProbeTarget>,
}

/// The secrets that gateway and portal ask for; empty where there is none, which the source then refuses by itself.
#[derive(Default)]
pub(crate) struct SourceSecrets {
    gateway: String,
    portal: String,
}

impl SourceSecrets {
    /// What the sandbox takes.
    pub(crate) fn sandbox() -> Self {
        Self { gateway: "sandbox".to_owned(), portal: "sandbox".to_owned() }
    }

    /// Those that `given` has, and for the others what the environment or the keyring has.
    pub(crate) async fn find(
        config: &Config,
        secrets: &Secrets,
        given: &(dyn Fn(SecretName) -> Option<String> + Sync),
    ) -> Self {
        let gateway = match config.gateway.client_id {
            Some(_) => SecretName::GatewayClient,
            None => SecretName::GatewayToken,
        };
        let get = async |name: SecretName| match given(name) {
            Some(text) => text,
            None => secrets.get(name).await.map(|s| s.expose().to_owned()).unwrap_or_default(),
        };
        Self { gateway: get(gateway).await, portal: get(SecretName::PortalPassword).await }
    }
}

impl Clients {
    pub(super) fn new(
        config: &Config,
        secrets: &SourceSecrets,
        clock: SharedClock,
    ) -> Result<Self, WireError> {
        let http =
            HttpConfig { proxy: config.network.proxy.clone(), ca_file: config.network.ca_file.clone() };
        let bad = |e: pvhcc_sources::FetchError| {
            WireError::new(
                ErrorCode::Config,
                format!("Cấu hình nguồn dữ liệu chưa dùng được: {}.", messages::failure(&e.kind)),
            )
        };
        let gateway = Gateway::new(gateway_config(config, &secrets.gateway), &http, Arc::clone(&clock))
            .map_err(bad)?
            .compare_with(config.portal.base_url.clone());
        let portal = Portal::new(portal_config(config, &secrets.portal), &http, Arc::clone(&clock))
            .map_err(bad)?
            .compare_with(config.gateway.base_url.clone());
        let targets: Vec<ProbeTarget> = config.probes.iter().map(target).collect();
        let prober = Prober::new(&targets, config.gateway.base_url.clone(), &http, clock).map_err(bad)?;
        Ok(Self { gateway, portal, prober, targets })
    }
}

fn target(probe: &ProbeSection) -> ProbeTarget {
    ProbeTarget {
        id: probe.id.clone(),
        url: probe.url.clone(),
        method: match probe.method {
            Method::Head => ProbeMethod::Head,
            Method::Get => ProbeMethod::Get,
        },
        timeout: Duration::from_secs(probe.timeout_seconds),
        expect: probe.expect.clone(),
    }
}

fn gateway_config(config: &Config, secret: &str) -> GatewayConfig {
    let g = &config.gateway;
    GatewayConfig {
        base_url: g.base_url.clone(),
        auth: match &g.client_id {
            Some(id) => {
                GatewayAuth::ClientCredentials { client_id: id.clone(), client_secret: Secret::new(secret) }
            }
            None => GatewayAuth::Bearer(Secret::new(secret)),
        },
        timeout: Duration::from_secs(g.timeout_seconds),
        max_body: g.max_body_mib << 20,
    }
}

fn portal_config(config: &Config, password: &str) -> PortalConfig {
    let p = &config.portal;
    let mut portal = PortalConfig::new(
        p.base_url.clone(),
        p.dstcode.clone(),
        p.provider_url.clone(),
        p.username.clone(),
        Secret::new(password),
        p.unit_code.clone(),
    );
    portal.address_as = if p.address_as == "header" { AddressAs::Header } else { AddressAs::Query };
    portal.statistics_service.clone_from(&p.statistics_service);
    portal.timeout = Duration::from_secs(p.timeout_seconds);
    portal.max_body = p.max_body_mib << 20;
    portal
}

/// Asks the gateway once for a connection test; what failed, as a clause in Vietnamese.
pub(crate) async fn test_gateway(config: &Config, secrets: &SourceSecrets) -> Result<(), String> {
    let clients = Clients::new(config, secrets, Arc::new(SystemClock)).map_err(|e| e.message)?;
    clients.gateway.health().await.map(|_| ()).map_err(|e| messages::failure(&e.kind))
}

/// Asks the portal once for a connection test; what failed, as a clause in Vietnamese.
pub(crate) async fn test_portal(config: &Config, secrets: &SourceSecrets) -> Result<(), String> {
    let clients = Clients::new(config, secrets, Arc::new(SystemClock)).map_err(|e| e.message)?;
    clients.portal.login().await.map_err(|e| messages::failure(&e.kind))
}
