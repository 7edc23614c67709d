/** Randomness as a port: domain code never draws its own. */
import { randomBytes, randomUUID } from 'node:crypto';

export interface Random {
  /** `count` bytes from a cryptographic source. */
  bytes(count: number): Uint8Array;
  /** RFC 9562 version 4, lower case. */
  uuid(): string;
}

/** The system's cryptographic source. */
export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  uuid: () => randomUUID(),
};
