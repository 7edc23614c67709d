/**
 * `npm run -s events -- verify FILE|FOLDER [--key KEY] [--json]`: names every cut, edit, insertion and
 * change of order in the kiosk's event log. `npm run -s events -- catalogue`: what can be in it.
 * Exit codes: 0 intact, 1 broken, 2 unproven (the kiosk was killed and has not started since), 64 usage,
 * 66 nothing to read.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, basename } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueDocument } from '../../main/diagnostics/catalogue-document.ts';
import { logFileNumber } from '../../main/diagnostics/log-folder.ts';
import { verdictOf, verifyFile, type Verdict } from '../../main/diagnostics/verify-file.ts';
import { verifyLog, type LogFinding } from '../../main/diagnostics/verify-log.ts';

const EX_USAGE = 64;
const EX_NOINPUT = 66;
const EXIT_CODES: Readonly<Record<Verdict, number>> = { intact: 0, broken: 1, unproven: 2 };

const USAGE = `Usage: npm run -s events -- verify FILE|FOLDER [--key KEY] [--json]
       npm run -s events -- catalogue
  FILE        one file of the log; its end is proven by its own head
  FOLDER      all files of the log, and that none is missing between them
  --key KEY   the public key that must have signed them ("verify" and the exported summary name it)
  --json      one JSON object
`;

interface Outcome {
  readonly verdict: Verdict;
  readonly findings: readonly (Omit<LogFinding, 'file'> & { readonly file?: number })[];
  readonly files: number;
  readonly records: number;
  readonly key: string | null;
}

const verifyPath = (path: string, key: string | null): Outcome => {
  if (!statSync(path).isDirectory()) {
    const report = verifyFile(readFileSync(path), key);
    return {
      verdict: verdictOf(report.findings),
      findings: report.findings,
      files: 1,
      records: report.recordCount,
      key: report.isSigned ? (report.head?.key ?? null) : null,
    };
  }
  const files = readdirSync(path)
    .flatMap((name) => {
      const number = logFileNumber(name);
      return number === null ? [] : [{ number, bytes: readFileSync(join(path, name)) }];
    })
    .toSorted((a, b) => a.number - b.number);
  return verifyLog(files, key);
};

const lineOf = ({ kind, file, line, sequence, count }: Outcome['findings'][number]): string =>
  [
    kind,
    ...(file === undefined ? [] : [`file ${file}`]),
    ...(line === null ? [] : [`line ${line}`]),
    ...(sequence === null ? [] : [`record ${sequence}`]),
    ...(count === 1 ? [] : [`× ${count}`]),
  ].join('  ');

const verify = (path: string, key: string | null, isJson: boolean): number => {
  let outcome;
  try {
    outcome = verifyPath(path, key);
  } catch {
    process.stderr.write(`events: can't read ${basename(path)}\n`);
    return EX_NOINPUT;
  }
  const { verdict, findings, files, records } = outcome;
  const signed = outcome.key === null ? 'not signed' : `signed by ${outcome.key}`;
  const text = [
    `${verdict}: ${records} records in ${files} files, ${signed}`,
    ...findings.map(lineOf),
  ];
  process.stdout.write(`${isJson ? JSON.stringify(outcome) : text.join('\n')}\n`);
  return EXIT_CODES[verdict];
};

const run = (): number => {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch {
    process.stderr.write(USAGE);
    return EX_USAGE;
  }
  const { values, positionals } = parsed;
  const [command, path, ...rest] = positionals;
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command === 'catalogue' && path === undefined) {
    process.stdout.write(catalogueDocument());
    return 0;
  }
  if (command === 'verify' && path !== undefined && rest.length === 0)
    return verify(path, values.key ?? null, values.json);
  process.stderr.write(USAGE);
  return EX_USAGE;
};

process.exitCode = run();
