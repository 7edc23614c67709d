/** A proxy between the client and the server: the system's, in the way its transport learns of it. */
import { answered, arrives, staysAtHome, type ConformanceCase } from '../conformance-case.ts';
import type { ProxyManner } from '../proxy.ts';
import { answerEmpty } from '../servers.ts';

const through = (
  what: string,
  manner: ProxyManner,
  expected: ConformanceCase['expected'],
): ConformanceCase => ({
  name: `a proxy that ${what}`,
  expected: { ...expected, tunnels: manner === 'gone' ? 0 : 1 },
  play: async (stage) => {
    if (stage.proxy === null) throw new Error('This case needs a proxy.');
    await stage.proxy.behave(manner);
    return [await stage.send({ trust: await stage.serve(answerEmpty), idleTimeoutMs: 700 })];
  },
});

const refused = staysAtHome('PROXY_REFUSED');

export const PROXY_CASES: readonly ConformanceCase[] = [
  through('lets through', 'tunnel', arrives(answered(200))),
  through('refuses', 'refuse', refused),
  through('asks for credentials nobody gave', 'ask-credentials', refused),
  through('hangs up', 'close', staysAtHome('ANSWER_LOST')),
  through('is silent', 'silence', staysAtHome('ANSWER_LOST')),
  through('is not there', 'gone', refused),
];
