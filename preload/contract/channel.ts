/** How one channel or event is described. */
import type { z } from 'zod';

/** A request–answer pair. Both schemas are checked at run time in main (main/shell/ipc-door.ts). */
export interface Channel<Request extends z.ZodType, Response extends z.ZodType> {
  readonly request: Request;
  readonly response: Response;
}

/** Describes one channel. */
export const channel = <Request extends z.ZodType, Response extends z.ZodType>(
  description: Channel<Request, Response>,
): Channel<Request, Response> => description;

/** Describes the payload of one event from main to the renderer. */
export const event = <Payload extends z.ZodType>(payload: Payload): Payload => payload;
