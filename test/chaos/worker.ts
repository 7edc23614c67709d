/** The process that is killed. Its promises are lines on stdout, each written with one system call. */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { ORDER_VARIABLE, workerOrder } from './protocol.ts';
import { work } from './work.ts';

// Whoever is killed keeps nothing for the next one.
flushCompileCache();

await work(workerOrder.parse(JSON.parse(process.env[ORDER_VARIABLE] ?? '')), (line) => {
  writeSync(1, `${JSON.stringify(line)}\n`);
});
