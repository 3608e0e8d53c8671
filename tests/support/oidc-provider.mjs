// A certified OpenID provider (npm oidc-provider) with one public native client, for the sign-in test. Prints one JSON
// line with the issuer and serves until its standard input closes.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'pvhcc-dashboard',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        // RFC 8252, 7.3: the port of a loopback address is not compared.
        redirect_uris: ['http://127.0.0.1/callback'],
      },
    ],
    features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
    // RP-Initiated Logout demands POST at the end of a session as well; this provider offers it only with these two.
    enableHttpPostMethods: true,
    cookies: { long: { sameSite: 'none' } },
    pkce: { required: () => true },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
  })
  server.on('request', provider.callback())
  process.stdout.write(`${JSON.stringify({ issuer })}\n`)
})
// The test holds the other end: when it dies, however it dies, this ends too.
process.stdin.on('close', () => process.exit(0)).resume()
