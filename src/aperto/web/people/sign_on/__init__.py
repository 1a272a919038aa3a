"""Coming in by a provider (OIDC, SAML), what roles ask of whoever comes in, and the pages that set it up."""
