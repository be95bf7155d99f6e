import type { SkillContext } from 'atom-agent';

type Files = Pick<SkillContext, 'fs' | 'exec'>;

const FOLDER = 'notes';
const FILE = `${FOLDER}/notes.md`;

/** Adds one line to the notes; their folder is made with the first one. */
export async function addNote({ fs, exec }: Files, text: string, now: Date): Promise<string> {
  const before = await readNotes({ fs });
  if (before === undefined) {
    const { code, stderr } = await exec(['mkdir', '-p', '--', FOLDER]);
    if (code !== 0) throw new Error(`The folder ${FOLDER} cannot be made: ${stderr.trim()}`);
  }
  const line = `- ${stamp(now)} ${text.trim().replace(/\s+/g, ' ')}\n`;
  await fs.write(FILE, `${before ?? '# Notes\n\n'}${line}`);
  return `Noted in ${FILE}.`;
}

/** The newest notes, or those that hold every one of some words. */
export async function findNotes(
  { fs }: Pick<Files, 'fs'>,
  { words, most }: { readonly words: string; readonly most: number },
): Promise<readonly string[]> {
  const wanted = words.toLowerCase().split(/\s+/);
  const lines = ((await readNotes({ fs })) ?? '').split('\n');
  return lines
    .filter((line) => line.startsWith('- '))
    .filter((line) => wanted.every((word) => line.toLowerCase().includes(word)))
    .map((line) => line.slice(2))
    .toReversed()
    .slice(0, most);
}

/** Undefined where there is no folder for them yet. */
async function readNotes({ fs }: Pick<Files, 'fs'>): Promise<string | undefined> {
  const has = async (folder: string, name: string): Promise<boolean> =>
    (await fs.list(folder)).some((entry) => entry.name === name);
  if (!(await has('.', FOLDER))) return undefined;
  return (await has(FOLDER, 'notes.md')) ? fs.read(FILE) : '# Notes\n\n';
}

/** `2026-11-27 14:05`, as the clock here shows it. */
function stamp(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  return `${day} ${two(now.getHours())}:${two(now.getMinutes())}`;
}
