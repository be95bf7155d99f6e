/** The endings of the files that a word means; undefined for a word that means no kind of file. */
export function endingsOf(word: string): readonly string[] | undefined {
  const said = word.toLowerCase().replace(/^(all )?(the |my |our )?\.?/, '');
  const one = said.replace(/s$/, '');
  if (ENDINGS.includes(said)) return [said];
  if (ENDINGS.includes(one)) return [one];
  return KINDS.get(one);
}

const ENDINGS = [
  ...[
    'pdf',
    'txt',
    'md',
    'csv',
    'json',
    'xml',
    'yaml',
    'yml',
    'log',
    'html',
    'css',
    'js',
    'ts',
    'py',
  ],
  ...['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'odt', 'ods', 'rtf', 'epub', 'ics', 'eml'],
  ...['jpg', 'jpeg', 'png', 'gif', 'svg', 'webp', 'heic', 'mp3', 'wav', 'mp4', 'mov', 'mkv'],
  ...['zip', 'tar', 'gz', 'tgz', 'iso', 'sql', 'sh', 'c', 'go', 'rs', 'java'],
];

const PICTURES = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'heic', 'svg'];
const KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['picture', PICTURES],
  ['photo', PICTURES],
  ['image', PICTURES],
  ['video', ['mp4', 'mov', 'mkv', 'webm', 'avi']],
  ['sound', ['mp3', 'wav', 'm4a', 'ogg', 'flac']],
  ['audio', ['mp3', 'wav', 'm4a', 'ogg', 'flac']],
  ['text', ['txt']],
  ['markdown', ['md', 'markdown']],
  ['word', ['doc', 'docx']],
  ['excel', ['xls', 'xlsx']],
]);
