/**
 * Which of Chromium's network errors prove that no byte of a request's body left. Holds only those
 * of a connection in the making; every other one means ANSWER_LOST. A few of these names can also
 * end an established connection (ENETDOWN, EHOSTUNREACH), but only after seconds of silence, when
 * bytes have long been counted: whoever asks here must know that none was.
 * Sources: Chromium, net/base/net_error_list.h and net_errors_posix.cc.
 */
import type { TransportErrorCode } from '../../preload/contract/error-codes.ts';

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ERR_NAME_NOT_RESOLVED',
  'ERR_NAME_RESOLUTION_FAILED',
  'ERR_ICANN_NAME_COLLISION',
  'ERR_DNS_MALFORMED_RESPONSE',
  'ERR_DNS_SERVER_FAILED',
  'ERR_DNS_TIMED_OUT',
  'ERR_INTERNET_DISCONNECTED',
  'ERR_ADDRESS_INVALID',
  'ERR_ADDRESS_UNREACHABLE',
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_FAILED',
  'ERR_CONNECTION_TIMED_OUT',
  'ERR_NETWORK_ACCESS_DENIED',
]);

const PROXY: ReadonlySet<string> = new Set([
  'ERR_PROXY_CONNECTION_FAILED',
  'ERR_TUNNEL_CONNECTION_FAILED',
  'ERR_PROXY_AUTH_REQUESTED',
  'ERR_PROXY_AUTH_UNSUPPORTED',
  'ERR_PROXY_CERTIFICATE_INVALID',
  'ERR_PROXY_UNABLE_TO_CONNECT_TO_DESTINATION',
  'ERR_MANDATORY_PROXY_CONFIGURATION_FAILED',
  'ERR_NO_SUPPORTED_PROXIES',
  'ERR_SOCKS_CONNECTION_FAILED',
  'ERR_SOCKS_CONNECTION_HOST_UNREACHABLE',
]);

/** Beside every ERR_CERT_…; ERR_SSL_PROTOCOL_ERROR is not here, for it can also end a running exchange. */
const TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
  'ERR_SSL_UNRECOGNIZED_NAME_ALERT',
  'ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN',
  'ERR_SSL_SERVER_CERT_BAD_FORMAT',
  'ERR_SSL_KEY_USAGE_INCOMPATIBLE',
]);

/** Code of an error message of Electron's `net` (`net::ERR_…`). */
export const codeOfNetError = (message: string): TransportErrorCode => {
  const name = /^net::(ERR_[A-Z0-9_]+)$/.exec(message)?.[1] ?? '';
  if (UNREACHABLE.has(name)) return 'NETWORK_UNREACHABLE';
  if (PROXY.has(name)) return 'PROXY_REFUSED';
  if (TLS.has(name) || name.startsWith('ERR_CERT_')) return 'TLS_NOT_TRUSTED';
  return 'ANSWER_LOST';
};
