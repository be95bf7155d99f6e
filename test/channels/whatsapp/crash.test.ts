import { expect, it, onTestFinished, vi } from 'vitest';
import { crashAtEveryWrite } from './crashes.ts';

// A share of them; all are run by `npm run whatsapp:crash`.
const POINTS = 10;

it(`reconnects without a new code after each of ${POINTS} crashes in the middle of a write`, async () => {
  // The peer’s libsignal prints whole sessions.
  const quiet = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn')];
  for (const spy of quiet) spy.mockReturnValue();
  onTestFinished(() => quiet.forEach((spy) => void spy.mockRestore()));
  const { hits, opened, registrations, last } = await crashAtEveryWrite(POINTS);
  expect(registrations).toBe(0);
  expect(last.read).toBe(last.sent);
  expect(opened).toBeGreaterThan(POINTS / 2);
  expect(hits.size).toBeGreaterThan(1);
}, 60_000);
