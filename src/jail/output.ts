import { StringDecoder } from 'node:string_decoder';

type Stream = 'stdout' | 'stderr';

/** What a command has said so far, cut at a cap that both streams share. */
export interface Output {
  take(stream: Stream, bytes: Buffer): void;
  /** The kept text of both streams. */
  end(): { readonly stdout: string; readonly stderr: string; readonly truncated: boolean };
}

export interface OutputHooks {
  onText(part: { readonly stream: Stream; readonly text: string }): void;
  /** Called once, when more than the cap has come. */
  onFull(): void;
}

/** Collects output as UTF-8; characters split over two chunks stay whole. */
export function createOutput(capBytes: number, { onText, onFull }: OutputHooks): Output {
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  const kept = { stdout: '', stderr: '' };
  let room = capBytes;
  let full = false;
  const say = (stream: Stream, text: string): void => {
    if (text === '') return;
    kept[stream] += text;
    onText({ stream, text });
  };
  return {
    take(stream, bytes) {
      if (full) return;
      say(stream, decoders[stream].write(bytes.subarray(0, room)));
      room -= bytes.length;
      if (room >= 0) return;
      full = true;
      onFull();
    },
    end() {
      for (const stream of ['stdout', 'stderr'] as const) say(stream, decoders[stream].end());
      return { ...kept, truncated: full };
    },
  };
}
