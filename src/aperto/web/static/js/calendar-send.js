/** The times of a calendar's entries on the clock of the wall, and telling the server where one is now. */
import { send } from "./net.js";
import { showDialog } from "./dialog.js";

export const SLOT = 5;
export const SNAP = 15;
const FULL = 24 * 60;

/** Minutes since the beginning of 1970 by the wall: no zone, no summer time. */
export function wall(text) {
  return Date.parse(`${text.length > 10 ? text : `${text}T00:00`}:00Z`) / 60000;
}

export function written(minutes) {
  return new Date(minutes * 60000).toISOString().slice(0, 16);
}

export function dayOf(text, days) {
  return written(wall(text.slice(0, 10)) + days * FULL).slice(0, 10);
}

export function daysBetween(from, to) {
  return Math.round((wall(to.slice(0, 10)) - wall(from.slice(0, 10))) / FULL);
}

/** Puts an entry of the hours where its times say, within its day. */
export function placeBlock(block, begin, end) {
  const top = Math.max(0, Math.floor(begin / SLOT));
  const bottom = Math.min(FULL / SLOT, Math.max(Math.ceil(end / SLOT), top + 4));
  Object.assign(block.dataset, { h: Math.floor(top / 12), m: top % 12, eh: Math.floor(bottom / 12), em: bottom % 12 });
}

/** Saves; the calendar fetches itself anew when that went well, and `back` puts the entry where it was. */
export async function sendMove(entry, { begins, ends }, back) {
  const body = new URLSearchParams({ begins, version: entry.dataset.version, field: entry.dataset.field });
  if (ends) body.set("ends", ends);
  entry.classList.add("waiting");
  const answer = await send(entry.dataset.move, { method: "POST", body });
  entry.classList.remove("waiting");
  if (answer.status >= 200 && answer.status < 300) return true;
  if (answer.status === 409 && answer.text.includes("<dialog")) await showDialog(answer.text, { opener: entry, onGiveUp: back });
  back();
  return false;
}
