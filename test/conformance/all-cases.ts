/** Every case that needs no proxy, in the order they are played. */
import { ABORT_CASES } from './cases/abort-cases.ts';
import { ANSWER_CASES } from './cases/answer-cases.ts';
import { BODY_CASES } from './cases/body-cases.ts';
import { CONNECTION_CASES } from './cases/connection-cases.ts';
import { TRUST_CASES } from './cases/trust-cases.ts';

export const DIRECT_CASES = [
  ...TRUST_CASES,
  ...CONNECTION_CASES,
  ...BODY_CASES,
  ...ANSWER_CASES,
  ...ABORT_CASES,
];
