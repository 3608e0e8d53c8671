//! Who is asking: VNeID (OpenID Connect), loopback listener, token vault, offline unlock.
