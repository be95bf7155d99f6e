import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPairDoor } from '../../../src/assembly/devices/chat.ts';
import type { InboundEvent } from '../../../src/domain/event.ts';
import { createMedia } from '../../../src/outbox/media.ts';
import { readSetupCode } from '../../../src/protocol/setup-code.ts';
import { facts } from '../../outbox/stage.ts';
import { readPng, readQr } from '../../peers/read-qr.ts';
import { device, openStage, type Scene } from './stage.ts';

const DANA = { surface: 'telegram', id: '42' } as const;
const event = {
  from: { channel: 'telegram', account: '1', peer: '42' },
  sender: { id: '42' },
} as InboundEvent;

async function openDoor(scene: Scene = {}, media = true) {
  const stage = await openStage(scene);
  const door = createPairDoor(stage, {
    devices: stage.devices,
    records: stage.records,
    channels: { facts: () => ({ ...facts, media: media ? facts.media : {} }) },
    media: createMedia(join(stage.folder, 'pictures')),
  });
  return { stage, door };
}

it('sends a setup code as a picture that scans, and lets in who brings it', async () => {
  const { stage, door } = await openDoor({ url: 'wss://atom.example.com' });
  const said = await door.code(event, 'qr');
  expect(said).toMatchObject({ secret: true, media: { kind: 'image' } });
  expect(said.text).toContain('Works once, for 3 minutes');
  const path = said.media?.path ?? '';
  expect(existsSync(path)).toBe(true);
  const code = readSetupCode(readQr(readPng(readFileSync(path))) ?? '');
  expect(said.text).not.toContain(code.bootstrapToken);
  await expect.poll(() => stage.told.join()).toContain('made by telegram 42');
  const opened = await device(stage).scan(code);
  if (opened.kind !== 'pairing') throw new Error('not asked');
  const { id, digits } = opened.request;
  expect((await door.code(event, 'text')).text).toContain(`shows ${digits}`);
  expect(await door.approve(DANA, id, undefined)).toBe(
    `“Pixel” is connected as d1: it showed ${digits}.`,
  );
  expect(await opened.ended).toMatchObject({ kind: 'device.paired' });
  expect(await door.approve(DANA, id, undefined)).toContain(`No device waits as ${id}.`);
});

it('sends it as text where there are no pictures, and where no phone would get to the address', async () => {
  for (const { door } of [
    await openDoor({ url: 'wss://atom.example.com' }, false),
    await openDoor({ url: 'ws://127.0.0.1:18789' }),
  ]) {
    const said = await door.code(event, 'qr');
    expect(said).not.toHaveProperty('media');
    expect(said.secret).toBe(true);
    expect(readSetupCode(said.text.split('\n')[1] ?? '').url).toMatch(/^wss?:/);
  }
});
