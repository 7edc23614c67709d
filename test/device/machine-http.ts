/** The kiosk's DeviceHttp port straight into an EsclMachine: no wire, no time of its own. */
import type { DeviceHttp } from '../../main/ports/device-http.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { EsclAnswer, EsclMachine } from './escl-machine.ts';

export const MACHINE_ORIGIN = 'http://10.0.0.7';

const delivered = (
  reply: EsclAnswer,
  maxAnswerBytes: number,
): Awaited<ReturnType<DeviceHttp['send']>> => {
  const { status, location, body, hasLength, cutAfter } = reply;
  if (body.byteLength > maxAnswerBytes) return fail('TOO_LARGE');
  if (cutAfter === null) return ok({ status, location, body });
  return hasLength ? fail('CUT') : ok({ status, location, body: body.subarray(0, cutAfter) });
};

/** A wire to one machine at each of its addresses; silence lasts until the caller gives up. */
export const machineHttp = (
  machine: EsclMachine,
  origins: readonly string[] = [MACHINE_ORIGIN],
): DeviceHttp => ({
  send: async (request, signal) => {
    if (signal.aborted) return fail('ABORTED');
    if (!machine.isPlugged || !origins.includes(request.origin)) return fail('REFUSED');
    const { method, path, maxAnswerBytes } = request;
    const body = request.body ?? '';
    const reply = await machine.handle({ method, path, body, host: '10.0.0.7' });
    if (!machine.isPlugged) return fail('CUT');
    switch (reply.kind) {
      case 'answer':
        request.onReceived?.(reply.body.byteLength, reply.body.byteLength);
        return delivered(reply, maxAnswerBytes);
      case 'silence':
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve(fail('ABORTED'));
          });
        });
      case 'garbage':
        return fail('GARBAGE');
      case 'endless':
        return fail('TOO_LARGE');
    }
    return fail('GARBAGE');
  },
});
