/**
 * TLS for net.request: a connection is handed to HTTP only after the session's certificate verify
 * proc has agreed, so that no byte of a request leaves before. Must never accept a certificate by itself
 * that Node's verification refused.
 */
import { createHash } from 'node:crypto';
import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import {
  checkServerIdentity,
  connect,
  type ConnectionOptions,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls';
import type { Certificate, CertificatePrincipal } from 'electron';
import type { CertificateVerifyProc } from '../shim/session.ts';
import {
  NET_ERROR_CODES,
  nameOfNetCode,
  nameOfVerifyCode,
  type NetErrorName,
} from './net-errors.ts';
import { openTunnel } from './tunnel.ts';

/** Answers of setCertificateVerifyProc that are no error codes. */
const ACCEPTED = 0;
const AS_CHROMIUM = -3;

const pemOf = (der: Buffer): string => {
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
};

const textOf = (value: string | string[] | undefined): string => [value ?? ''].flat()[0] ?? '';

const principalOf = (name: PeerCertificate['subject']): CertificatePrincipal => ({
  commonName: textOf(name.CN),
  organizations: [name.O ?? []].flat(),
  organizationUnits: [name.OU ?? []].flat(),
  locality: textOf(name.L),
  state: textOf(name.ST),
  country: textOf(name.C),
});

const certificateOf = (peer: DetailedPeerCertificate): Certificate => {
  const issuer: DetailedPeerCertificate | undefined = peer.issuerCertificate;
  const isLast = issuer === undefined || issuer.fingerprint256 === peer.fingerprint256;
  const certificate = {
    data: pemOf(peer.raw),
    fingerprint: `sha256/${createHash('sha256').update(peer.raw).digest('base64')}`,
    subject: principalOf(peer.subject),
    subjectName: textOf(peer.subject.CN),
    issuer: principalOf(peer.issuer),
    issuerName: textOf(peer.issuer.CN),
    serialNumber: peer.serialNumber,
    validStart: Date.parse(peer.valid_from) / 1000,
    validExpiry: Date.parse(peer.valid_to) / 1000,
  };
  // Electron leaves issuerCert away at the end of the chain, though its types have it always.
  return (
    isLast ? certificate : { ...certificate, issuerCert: certificateOf(issuer) }
  ) as Certificate;
};

/** What Chromium would say: authority first, then the name, then the rest. */
const verdictOf = (socket: TLSSocket, hostname: string): NetErrorName | 'net::OK' => {
  const chainError = socket.authorizationError as Error | string | null;
  const code =
    chainError instanceof Error ? (chainError as NodeJS.ErrnoException).code : chainError;
  const chainVerdict = code === null || code === undefined ? 'net::OK' : nameOfVerifyCode(code);
  const isForeignName = checkServerIdentity(hostname, socket.getPeerCertificate()) !== undefined;
  if (isForeignName && chainVerdict !== 'net::ERR_CERT_AUTHORITY_INVALID')
    return 'net::ERR_CERT_COMMON_NAME_INVALID';
  return chainVerdict;
};

/** Resolves when the connection may be used; rejects with a net:: name as message. */
const verify = async (
  socket: TLSSocket,
  hostname: string,
  proc: CertificateVerifyProc,
): Promise<void> => {
  const verificationResult = verdictOf(socket, hostname);
  const errorCode = verificationResult === 'net::OK' ? 0 : NET_ERROR_CODES[verificationResult];
  const certificate = certificateOf(socket.getPeerCertificate(true));
  const answer =
    proc === null
      ? AS_CHROMIUM
      : await new Promise<number>((resolve) => {
          proc(
            {
              hostname,
              certificate,
              validatedCertificate: certificate,
              isIssuedByKnownRoot: false,
              verificationResult,
              errorCode,
            },
            resolve,
          );
        });
  if (answer === ACCEPTED) return;
  if (answer !== AS_CHROMIUM) throw new Error(nameOfNetCode(answer));
  if (verificationResult !== 'net::OK') throw new Error(verificationResult);
};

type OnConnection = (error: Error | null, stream: Duplex) => void;

/** The connections of a session, kept for the next request; TLS 1.2 at least, as Chromium. */
export class VerifiedAgent extends Agent {
  private readonly procOf: () => CertificateVerifyProc;
  private readonly proxy: string | null;

  /** `proxy`: host and port every connection is tunnelled through. */
  constructor(procOf: () => CertificateVerifyProc, proxy: string | null) {
    super({ keepAlive: true });
    this.procOf = procOf;
    this.proxy = proxy;
  }

  override createConnection(options: ConnectionOptions, onConnection?: OnConnection): undefined {
    if (this.proxy === null) {
      this.secure(options, onConnection);
      return;
    }
    const target = `${options.host ?? ''}:${options.port ?? ''}`;
    openTunnel(this.proxy, target, (error, socket) => {
      if (error === null) this.secure({ ...options, socket }, onConnection);
      else onConnection?.(error, socket);
    });
  }

  private secure(options: ConnectionOptions, onConnection?: OnConnection): void {
    const hostname = options.host ?? '';
    const socket = connect({
      ...options,
      // Judged below, where the app's own verifier is heard as well.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
    });
    const finish = (error: Error | null): void => {
      socket.removeListener('error', finish);
      if (error !== null) socket.destroy();
      onConnection?.(error, socket);
    };
    socket.once('error', finish);
    socket.once('secureConnect', () => {
      verify(socket, hostname, this.procOf()).then(() => finish(null), finish);
    });
  }
}
