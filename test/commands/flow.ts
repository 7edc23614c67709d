/** `npm run -s flow`: prints the flow as it is, a document with a Mermaid picture for each machine. */
import { flowDocument } from '../support/flow-drawing.ts';

process.stdout.write(flowDocument());
