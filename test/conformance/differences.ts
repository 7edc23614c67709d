/**
 * Where an end of the wire may differ from what a case expects, and why: the whole list. A case that
 * is not named here holds for every end; one that is named is played all the same and must differ
 * in just this way.
 */
import { answered, type ConformanceCase, type Seen } from './conformance-case.ts';

/** `net` in Electron itself, and in the host where Node's TLS stands in for Chromium's. */
export type End = 'node-https' | 'net in Electron' | 'net in the host';

interface Difference {
  readonly ends: readonly End[];
  readonly cases: readonly string[];
  readonly reason: string;
  /** What is seen instead. */
  readonly seen: Partial<Seen>;
}

const NET: readonly End[] = ['net in Electron', 'net in the host'];

export const DIFFERENCES: readonly Difference[] = [
  {
    ends: ['node-https'],
    cases: ['a body that throws midway', 'a body that is longer than its size by a piece'],
    reason: 'it streams: what it took before the fault has left',
    seen: { outcomes: ['ANSWER_LOST'], requests: 1, received: 'part' },
  },
  {
    ends: ['node-https'],
    cases: ['a body that is shorter than its size'],
    reason: 'it streams: the lack shows after the last byte has left',
    seen: { outcomes: ['ANSWER_LOST'], requests: 1, received: 'part' },
  },
  {
    ends: NET,
    cases: ['silence in place of a handshake', 'a handshake that is broken off'],
    reason:
      'Electron does not tell how far a connection got, and these errors can also end a running exchange',
    seen: { outcomes: ['ANSWER_LOST'] },
  },
  {
    ends: NET,
    cases: ['a server that speaks no TLS at all'],
    reason: 'ERR_SSL_PROTOCOL_ERROR can also end a running exchange',
    seen: { outcomes: ['ANSWER_LOST'] },
  },
  {
    ends: NET,
    cases: ['giving up during the handshake'],
    reason: 'Electron does not tell whether the connection is made: a byte may have left',
    seen: { outcomes: ['ANSWER_LOST'] },
  },
  {
    ends: ['net in Electron'],
    cases: ['a second request that is answered with 421 is sent once'],
    reason: 'Chromium itself repeats a request that a server calls misdirected (RFC 9110 §15.5.20)',
    seen: { requests: 3 },
  },
  {
    ends: ['node-https'],
    cases: ['a proxy that lets through'],
    reason: 'it knows no proxy and goes to the server directly',
    seen: { tunnels: 0 },
  },
  {
    ends: ['node-https'],
    cases: [
      'a proxy that refuses',
      'a proxy that asks for credentials nobody gave',
      'a proxy that hangs up',
      'a proxy that is silent',
      'a proxy that is not there',
    ],
    reason: 'it knows no proxy and goes to the server directly',
    seen: { outcomes: [answered(200)], requests: 1, received: 'whole', tunnels: 0 },
  },
];

/** What `end` must show in a case, and why if that is not what the case expects. */
export const expectationOf = (
  { name, expected }: ConformanceCase,
  end: End,
): { readonly seen: Seen; readonly reason: string | null } => {
  const difference = DIFFERENCES.find(
    ({ ends, cases }) => ends.includes(end) && cases.includes(name),
  );
  if (difference === undefined) return { seen: expected, reason: null };
  return { seen: { ...expected, ...difference.seen }, reason: difference.reason };
};

/** The case's name for reports: with the reason where this end differs. */
export const titleOf = (subject: ConformanceCase, end: End): string => {
  const { reason } = expectationOf(subject, end);
  return reason === null ? subject.name : `${subject.name} [differs: ${reason}]`;
};
