/** The type of `window.kiosk`, derived from the channel and event names. */
import type { ChannelName, EventName } from './channel-names.ts';
import type { PayloadOf, RequestOf, ResponseOf } from './channels.ts';

type Area<Name extends string> = Name extends `${infer Head}:${string}` ? Head : never;

type Camel<Words extends string> = Words extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Words;

type Call<Name extends ChannelName> =
  RequestOf<Name> extends undefined
    ? () => Promise<ResponseOf<Name>>
    : (request: RequestOf<Name>) => Promise<ResponseOf<Name>>;

/** Registers a listener and returns the function that takes it away again. */
type Subscribe<Name extends EventName> = (
  listener: (payload: PayloadOf<Name>) => void,
) => () => void;

type Calls<A extends string> = {
  readonly [
    Name in ChannelName as Name extends `${A}:${infer Verb}` ? Camel<Verb> : never
  ]: Call<Name>;
};

type Subscriptions<A extends string> = {
  readonly [
    Name in EventName as Name extends `${A}:${infer Noun}` ? `on${Capitalize<Camel<Noun>>}` : never
  ]: Subscribe<Name>;
};

/** What the sandboxed renderer can ask of main, and nothing more. */
export type KioskApi = {
  readonly [A in Area<ChannelName>]: Calls<A> & Subscriptions<A>;
};
