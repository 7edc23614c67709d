import { describe, expect, it } from 'vitest';
import { codeOfNetError } from '../../../../main/shell/net-errors.ts';

describe("Chromium's network errors", () => {
  it.each([
    ['ERR_NAME_NOT_RESOLVED', 'NETWORK_UNREACHABLE'],
    ['ERR_INTERNET_DISCONNECTED', 'NETWORK_UNREACHABLE'],
    ['ERR_CONNECTION_REFUSED', 'NETWORK_UNREACHABLE'],
    ['ERR_CONNECTION_TIMED_OUT', 'NETWORK_UNREACHABLE'],
    ['ERR_ADDRESS_UNREACHABLE', 'NETWORK_UNREACHABLE'],
    ['ERR_PROXY_CONNECTION_FAILED', 'PROXY_REFUSED'],
    ['ERR_TUNNEL_CONNECTION_FAILED', 'PROXY_REFUSED'],
    ['ERR_CERT_AUTHORITY_INVALID', 'TLS_NOT_TRUSTED'],
    ['ERR_CERT_COMMON_NAME_INVALID', 'TLS_NOT_TRUSTED'],
    ['ERR_CERT_DATE_INVALID', 'TLS_NOT_TRUSTED'],
    ['ERR_CERT_REVOKED', 'TLS_NOT_TRUSTED'],
    ['ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'TLS_NOT_TRUSTED'],
  ])('%s is %s: no byte of the body can have left', (name, code) => {
    expect(codeOfNetError(`net::${name}`)).toBe(code);
  });

  it.each([
    'net::ERR_CONNECTION_RESET',
    'net::ERR_CONNECTION_CLOSED',
    'net::ERR_CONNECTION_ABORTED',
    'net::ERR_EMPTY_RESPONSE',
    'net::ERR_TIMED_OUT',
    'net::ERR_NETWORK_CHANGED',
    'net::ERR_NETWORK_IO_SUSPENDED',
    'net::ERR_SSL_PROTOCOL_ERROR',
    'net::ERR_HTTP2_PROTOCOL_ERROR',
    'net::ERR_FAILED',
    'net::ERR_ABORTED',
    'net::ERR_SOMETHING_NEW',
    'ERR_CONNECTION_REFUSED',
    'x net::ERR_CONNECTION_REFUSED',
    'Redirect was cancelled',
    '',
  ])('%j may have come after the first byte', (message) => {
    expect(codeOfNetError(message)).toBe('ANSWER_LOST');
  });
});
