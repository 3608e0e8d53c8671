//! The clients behind the poller, from the settings.

use crate::{
    config::{self, Config},
    messages,
    start::Profile,
    wire::{ErrorCode, WireError},
};
use pvhcc_domain::{observation::SourceId, time::SharedClock};
use pvhcc_sources::{
    AddressAs, Gateway, GatewayAuth, GatewayConfig, HttpConfig, Portal, PortalConfig, Secret,
};
use std::time::Duration;

/// Gateway and portal with their intervals.
pub(super) struct Clients {
    pub(super) gateway: Gateway,
    pub(super) portal: Portal,
    intervals: [u32; SourceId::ALL.len()],
}

impl Clients {
    pub(super) fn new(config: &Config, profile: Profile, clock: SharedClock) -> Result<Self, WireError> {
        let http =
            HttpConfig { proxy: config.network.proxy.clone(), ca_file: config.network.ca_file.clone() };
        let bad = |e: pvhcc_sources::FetchError| {
            WireError::new(
                ErrorCode::Config,
                format!("Cấu hình nguồn dữ liệu chưa dùng được: {}.", messages::failure(&e.kind)),
            )
        };
        let gateway = Gateway::new(gateway_config(config, profile), &http, std::sync::Arc::clone(&clock))
            .map_err(bad)?
            .compare_with(config.portal.base_url.clone());
        let portal = Portal::new(portal_config(config, profile), &http, clock)
            .map_err(bad)?
            .compare_with(config.gateway.base_url.clone());
        let p = &config.poll;
        let intervals = SourceId::ALL.map(|s| match s {
            SourceId::GatewayTasks => p.gateway_tasks_seconds,
            SourceId::GatewayFlows => p.gateway_flows_seconds,
            SourceId::GatewayApis => p.gateway_apis_seconds,
            SourceId::PortalStatistics => p.portal_statistics_seconds,
        });
        Ok(Self { gateway, portal, intervals })
    }

    pub(super) fn interval(&self, source: SourceId) -> u32 {
        self.intervals[super::index(source)]
    }
}

/// A secret of the environment; the training profile talks to the sandbox only and needs none.
fn secret(profile: Profile, name: &str) -> Secret {
    match profile {
        Profile::Training => Secret::new("sandbox"),
        Profile::Official => Secret::new(config::secret(name).unwrap_or_default()),
    }
}

fn gateway_config(config: &Config, profile: Profile) -> GatewayConfig {
    let g = &config.gateway;
    GatewayConfig {
        base_url: g.base_url.clone(),
        auth: match &g.client_id {
            Some(id) => GatewayAuth::ClientCredentials {
                client_id: id.clone(),
                client_secret: secret(profile, "PVHCC_GATEWAY_CLIENT_SECRET"),
            },
            None => GatewayAuth::Bearer(secret(profile, "PVHCC_GATEWAY_TOKEN")),
        },
        timeout: Duration::from_secs(g.timeout_seconds),
        max_body: g.max_body_mib << 20,
    }
}

fn portal_config(config: &Config, profile: Profile) -> PortalConfig {
    let p = &config.portal;
    let mut portal = PortalConfig::new(
        p.base_url.clone(),
        p.dstcode.clone(),
        p.provider_url.clone(),
        p.username.clone(),
        secret(profile, "PVHCC_PORTAL_PASSWORD"),
        p.unit_code.clone(),
    );
    portal.address_as = if p.address_as == "header" { AddressAs::Header } else { AddressAs::Query };
    portal.statistics_service.clone_from(&p.statistics_service);
    portal.timeout = Duration::from_secs(p.timeout_seconds);
    portal.max_body = p.max_body_mib << 20;
    portal
}

/// Asks gateway and portal once for the connection test; what failed, in Vietnamese.
pub(crate) async fn test_sources(config: &Config) -> (Result<(), String>, Result<(), String>) {
    let clock: SharedClock = std::sync::Arc::new(pvhcc_domain::time::SystemClock);
    let clients = match Clients::new(config, Profile::Official, clock) {
        Ok(clients) => clients,
        Err(e) => return (Err(e.message.clone()), Err(e.message)),
    };
    let (gateway, portal) =
        futures_util::future::join(clients.gateway.health(), clients.portal.login()).await;
    (
        gateway.map(|_| ()).map_err(|e| messages::failure(&e.kind)),
        portal.map_err(|e| messages::failure(&e.kind)),
    )
}
