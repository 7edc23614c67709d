/** Node's network errors under the names of Chromium's list (net/base/net_error_list.h). */

/** Names and numbers of what a request here can end with. */
export const NET_ERROR_CODES = {
  'net::ERR_FAILED': -2,
  'net::ERR_TIMED_OUT': -7,
  'net::ERR_CONNECTION_CLOSED': -100,
  'net::ERR_CONNECTION_RESET': -101,
  'net::ERR_CONNECTION_REFUSED': -102,
  'net::ERR_NAME_NOT_RESOLVED': -105,
  'net::ERR_SSL_PROTOCOL_ERROR': -107,
  'net::ERR_ADDRESS_UNREACHABLE': -109,
  'net::ERR_TUNNEL_CONNECTION_FAILED': -111,
  'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH': -113,
  'net::ERR_PROXY_CONNECTION_FAILED': -130,
  'net::ERR_CERT_COMMON_NAME_INVALID': -200,
  'net::ERR_CERT_DATE_INVALID': -201,
  'net::ERR_CERT_AUTHORITY_INVALID': -202,
  'net::ERR_CERT_REVOKED': -206,
  'net::ERR_CERT_INVALID': -207,
  'net::ERR_EMPTY_RESPONSE': -324,
  'net::ERR_RESPONSE_HEADERS_TOO_BIG': -325,
  'net::ERR_CONTENT_LENGTH_MISMATCH': -354,
  'net::ERR_INCOMPLETE_CHUNKED_ENCODING': -355,
  'net::ERR_INVALID_HTTP_RESPONSE': -370,
} as const;

export type NetErrorName = keyof typeof NET_ERROR_CODES;

const isName = (name: string): name is NetErrorName => Object.hasOwn(NET_ERROR_CODES, name);

const BY_NODE_CODE: Readonly<Record<string, NetErrorName>> = {
  EAI_AGAIN: 'net::ERR_NAME_NOT_RESOLVED',
  ECONNREFUSED: 'net::ERR_CONNECTION_REFUSED',
  ECONNRESET: 'net::ERR_CONNECTION_RESET',
  EHOSTUNREACH: 'net::ERR_ADDRESS_UNREACHABLE',
  ENETUNREACH: 'net::ERR_ADDRESS_UNREACHABLE',
  ENOTFOUND: 'net::ERR_NAME_NOT_RESOLVED',
  EPIPE: 'net::ERR_CONNECTION_RESET',
  ETIMEDOUT: 'net::ERR_TIMED_OUT',
  HPE_HEADER_OVERFLOW: 'net::ERR_RESPONSE_HEADERS_TOO_BIG',
};

const BY_VERIFY_CODE: Readonly<Record<string, NetErrorName>> = {
  CERT_HAS_EXPIRED: 'net::ERR_CERT_DATE_INVALID',
  CERT_NOT_YET_VALID: 'net::ERR_CERT_DATE_INVALID',
  CERT_REVOKED: 'net::ERR_CERT_REVOKED',
  CERT_UNTRUSTED: 'net::ERR_CERT_AUTHORITY_INVALID',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'net::ERR_CERT_AUTHORITY_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'net::ERR_CERT_COMMON_NAME_INVALID',
  SELF_SIGNED_CERT_IN_CHAIN: 'net::ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_GET_ISSUER_CERT: 'net::ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'net::ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'net::ERR_CERT_AUTHORITY_INVALID',
};

/** Chromium's verdict for OpenSSL's. */
export const nameOfVerifyCode = (code: string): NetErrorName =>
  BY_VERIFY_CODE[code] ?? 'net::ERR_CERT_INVALID';

/** The name of a number a certificate verify proc answered; unknown ones have failed. */
export const nameOfNetCode = (code: number): NetErrorName => {
  const found = Object.entries(NET_ERROR_CODES).find(([, known]) => known === code)?.[0] ?? '';
  return isName(found) ? found : 'net::ERR_FAILED';
};

/** Chromium's name for what broke a connection before the answer began. */
export const nameOfNodeError = (error: NodeJS.ErrnoException): NetErrorName => {
  const code = error.code ?? '';
  // Our own verifier already speaks Chromium's language.
  if (isName(error.message)) return error.message;
  if (code === 'ECONNRESET' && error.message === 'socket hang up') return 'net::ERR_EMPTY_RESPONSE';
  if (code === 'ECONNRESET' && error.message.includes('before secure TLS'))
    return 'net::ERR_CONNECTION_CLOSED';
  // WRONG_VERSION_NUMBER is no version at all: the server does not speak TLS.
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|HANDSHAKE_FAILURE|NO_SHARED_CIPHER/.test(code))
    return 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return 'net::ERR_SSL_PROTOCOL_ERROR';
  if (BY_NODE_CODE[code] !== undefined) return BY_NODE_CODE[code];
  return code.startsWith('HPE_') ? 'net::ERR_INVALID_HTTP_RESPONSE' : 'net::ERR_FAILED';
};
