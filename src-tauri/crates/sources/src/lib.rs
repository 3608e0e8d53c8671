//! What is asked: gateway and portal clients, retry, breaker, quarantine.
