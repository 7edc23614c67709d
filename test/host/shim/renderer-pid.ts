/**
 * Which OS process shows which page. Chromium lists renderer processes without saying whose they
 * are: one that appeared while a page was being made or replaced is that page's.
 */
import type { Browser } from '../browser.ts';

const ownerByPid = new Map<number, number>();

/** The process of a page now, null when none appeared since the last call (it kept its own). */
export const claimRendererPid = async (
  browser: Browser,
  webContentsId: number,
): Promise<number | null> => {
  const pids = await browser.rendererPids();
  for (const pid of ownerByPid.keys()) if (!pids.includes(pid)) ownerByPid.delete(pid);
  const fresh = pids.filter((pid) => !ownerByPid.has(pid));
  for (const pid of fresh) ownerByPid.set(pid, webContentsId);
  return fresh.at(-1) ?? null;
};
