/**
 * The flow as a picture: every state and transition of the real machines, as Mermaid flowcharts in a
 * document. Nothing is written by hand, so that the picture can't say what the machines don't do.
 */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { createOperatorMachine } from '../../renderer/flow/operator-machine.ts';
import { createScanMachine } from '../../renderer/flow/scan-machine.ts';
import { createSessionMachine } from '../../renderer/flow/session-machine.ts';
import { FakeKiosk } from './fake-kiosk.ts';

/** One transition of a state; `name` tells it from all others of its machine. */
export interface FlowEdge {
  readonly name: string;
  readonly label: string;
  readonly source: AnyStateNode;
  /** Empty where the state stays and only what it remembers changes. */
  readonly targets: readonly AnyStateNode[];
}

/** Every state of a machine, the root first. */
export const statesOf = (machine: AnyStateMachine): AnyStateNode[] => {
  const states: AnyStateNode[] = [machine.root];
  for (const state of states) states.push(...Object.values(state.states));
  return states;
};

const DONE = 'xstate.done.actor.';

/** What happens, in words: the answer of a named actor, an event, or nothing that is waited for. */
const labelOf = (source: AnyStateNode, eventType: string): string => {
  if (eventType === '') return 'at once';
  const actor = source.invoke.find(({ id }) => eventType === DONE + id);
  return typeof actor?.src === 'string' ? `${actor.src} answered` : eventType;
};

/** The name of a transition: its state, its event, and its place among those of the same event. */
export const edgeName = (transition: AnyTransitionDefinition): string => {
  const { source, eventType } = transition;
  const candidates = eventType === '' ? source.always : source.transitions.get(eventType);
  return `${source.id} ${eventType} ${(candidates ?? []).indexOf(transition) + 1}`;
};

/** Every transition that starts at the state itself. */
const edgesFrom = (source: AnyStateNode): FlowEdge[] =>
  [...(source.always ?? []), ...[...source.transitions.values()].flat()].map((transition) => {
    const label = labelOf(source, transition.eventType);
    return {
      name: edgeName(transition),
      label: transition.guard === undefined ? label : `${label} ?`,
      source,
      targets: transition.target ?? [],
    };
  });

/** Every transition of a machine. */
export const edgesOf = (machine: AnyStateMachine): FlowEdge[] =>
  statesOf(machine).flatMap(edgesFrom);

/** The machines of the flow on a fake kiosk: the customer's way, the operator's room, the scanner. */
export const flowMachines = (): Readonly<
  Record<'kiosk' | 'operator' | 'scan', AnyStateMachine>
> => {
  const kiosk = new FakeKiosk().api;
  const ports = {
    kiosk,
    measureCamera: () => Promise.reject(new Error('A drawing measures no camera.')),
    listCameras: () => Promise.reject(new Error('A drawing lists no camera.')),
    takeStill: () => Promise.reject(new Error('A drawing takes no picture.')),
    readPages: () => Promise.resolve([]),
    pictureUrls: { open: () => '', revokeAll: () => {} },
    monotonicNow: () => 0,
    today: () => '1970-01-01',
  };
  return {
    kiosk: createSessionMachine(ports),
    operator: createOperatorMachine(kiosk, ports),
    scan: createScanMachine(ports),
  };
};

const nodeId = ({ id }: AnyStateNode): string => id.replaceAll('.', '_');

const drawState = (state: AnyStateNode, indent: string): string[] => {
  const inner = Object.values(state.states);
  if (inner.length === 0) {
    const [open, close] = state.type === 'final' ? ['(["', '"])'] : ['["', '"]'];
    return [`${indent}${nodeId(state)}${open}${state.key}${close}`];
  }
  return [
    `${indent}subgraph ${nodeId(state)}["${state.key}"]`,
    ...inner.flatMap((child) => drawState(child, `${indent}  `)),
    `${indent}end`,
  ];
};

/** The state that is entered where a target is one with states of its own. */
const entered = (state: AnyStateNode): AnyStateNode => {
  const [initial] = Object.keys(state.states).length === 0 ? [] : (state.initial.target ?? []);
  return initial === undefined ? state : entered(initial);
};

/** One machine as a Mermaid flowchart; a question mark stands for a condition. */
const draw = (machine: AnyStateMachine): string => {
  const labels = new Map<string, Set<string>>();
  for (const { source, label, targets } of edgesOf(machine)) {
    for (const target of targets) {
      const key = `${nodeId(source)} -->|"LABELS"| ${nodeId(entered(target))}`;
      labels.set(key, (labels.get(key) ?? new Set()).add(label));
    }
  }
  return [
    'flowchart TD',
    ...Object.values(machine.root.states).flatMap((state) => drawState(state, '  ')),
    ...[...labels].map(
      ([arrow, texts]) => `  ${arrow.replace('LABELS', [...texts].join('<br/>'))}`,
    ),
  ].join('\n');
};

const HEADINGS = {
  kiosk: 'The way of a customer',
  operator: "The operator's door and room",
  scan: 'The scanner at a desk',
} as const;

/** The document with all machines. Transitions that only change what a state remembers are left out. */
export const flowDocument = (): string => {
  const machines = flowMachines();
  const chapters = (['kiosk', 'operator', 'scan'] as const).map(
    (name) => `## ${HEADINGS[name]}\n\n\`\`\`mermaid\n${draw(machines[name])}\n\`\`\`\n`,
  );
  return `# The flow, drawn from its machines

Generated by \`npm run -s flow\`; a test compares the two, and another walks every transition. An arrow
from a frame holds in every state inside it; \`?\` stands for a condition, \`answered\` for the answer of
a call. What only changes what a state remembers has no arrow.

${chapters.join('\n')}`;
};
