import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder as it lies in a collection: its name, what is in it, and what must be read of it. */
export interface Specimen {
  readonly folder: string;
  readonly files: Readonly<Record<string, string>>;
  readonly read: Readonly<Record<string, unknown>>;
  /** What must be noted, where something must. */
  readonly note?: RegExp;
}

/**
 * Fifty folders in the shapes that published collections have: how they write frontmatter, what they keep
 * beside it, and the faults that they live with. The words are made here; each shape was seen in public.
 */
export const collection: readonly Specimen[] = [
  ...plain(),
  ...texts(),
  ...tools(),
  ...needs(),
  ...saved(),
  ...faulty(),
];

/** Writes specimens below `root`; gives back their folders. */
export const layOut = (root: string, specimens: readonly Specimen[]): readonly string[] =>
  specimens.map(({ folder, files }) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(root, folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return join(root, folder);
  });

interface Shape {
  /** Lines of the frontmatter after the name. */
  readonly head: string;
  readonly read: Specimen['read'];
  readonly note?: RegExp;
  readonly name?: string;
  readonly body?: string;
  readonly beside?: Readonly<Record<string, string>>;
}

function specimen(folder: string, shape: Shape): Specimen {
  const { head, read, note, name = folder, body = `# ${folder}\n\nDo it step by step.\n` } = shape;
  const text = `---\nname: ${name}\n${head}\n---\n\n${body}`;
  return {
    folder,
    files: { 'SKILL.md': text, ...shape.beside },
    read: { name: folder, ...read },
    ...(note ? { note } : {}),
  };
}

/** The least there is, and what is kept beside it. */
function plain(): readonly Specimen[] {
  const head = 'description: Folds a paper crane. Use when somebody asks for one.';
  const read = { description: 'Folds a paper crane. Use when somebody asks for one.' };
  return [
    specimen('paper-crane', { head, read }),
    specimen('with-scripts', {
      head,
      read,
      beside: { 'scripts/fold.py': 'print("folded")\n', 'scripts/fold.sh': '#!/bin/sh\necho ok\n' },
    }),
    specimen('with-references', {
      head,
      read,
      beside: { 'references/REFERENCE.md': '# Folds\n', 'references/deep/more.md': 'more\n' },
    }),
    specimen('with-assets', {
      head,
      read,
      beside: { 'assets/template.json': '{}', 'assets/palette.txt': 'red\n', 'LICENSE.txt': 'MIT' },
    }),
    specimen('with-a-package', {
      head,
      read,
      beside: {
        'package.json': '{"type":"module"}',
        'index.mjs': 'console.log(1)\n',
        'README.md': 'x',
      },
    }),
    specimen('with-hidden-files', {
      head,
      read,
      beside: { '.gitignore': 'x\n', '_meta.json': '{"slug":"x"}', '.clawhub/origin.json': '{}' },
    }),
    specimen('7-day-plan', { head, read }),
    specimen('rules-in-body', {
      head,
      read,
      body: '# Rules\n\n---\n\nname: not a field\n\n---\n\nEnd.\n',
    }),
  ];
}

/** Ways to write a description. */
function texts(): readonly Specimen[] {
  const long = Array.from({ length: 60 }, () => 'Use it for everything.').join(' ');
  return [
    specimen('double-quoted', {
      head: 'description: "Says \\"hello\\": politely, and in one line."',
      read: { description: 'Says "hello": politely, and in one line.' },
    }),
    specimen('single-quoted', {
      head: "description: 'It''s for what one says: out loud'",
      read: { description: "It's for what one says: out loud" },
    }),
    specimen('literal-block', {
      head: 'description: |\n  First line: with a colon.\n  Second line.',
      read: { description: 'First line: with a colon.\nSecond line.' },
    }),
    specimen('folded-block', {
      head: 'description: >-\n  Folded over\n  two lines. Use when: asked.',
      read: { description: 'Folded over two lines. Use when: asked.' },
    }),
    specimen('indented-plain', {
      head: 'description: Begins here\n  and goes on below.',
      read: { description: 'Begins here and goes on below.' },
    }),
    specimen('other-script', {
      head: 'description: 个人数字安全体检工具。当用户提到“安全检查”时触发。',
      read: { description: '个人数字安全体检工具。当用户提到“安全检查”时触发。' },
    }),
    specimen('with-emoji', {
      head: 'description: Waters plants 🌱 — daily',
      read: { description: 'Waters plants 🌱 — daily' },
    }),
    specimen('markup-in-text', {
      head: 'description: Draws <b>bold</b> & `code` (see#3)',
      read: { description: 'Draws <b>bold</b> & `code` (see#3)' },
    }),
    specimen('very-long', {
      head: `description: ${long}`,
      read: { description: long },
      note: /SKILL\.md:3: description has 1379 characters/,
    }),
    specimen('with-home-page', {
      head: 'description: Reads a page\nhomepage: https://example.org\nauthor: A. Writer\ntags: [a, b]',
      read: { description: 'Reads a page' },
    }),
  ];
}

/** Requests for tools, and switches of other programs. */
function tools(): readonly Specimen[] {
  const description = 'description: Commits what changed';
  return [
    specimen('tools-by-blanks', {
      head: `${description}\nallowed-tools: Bash(git:*) Bash(jq:*) Read`,
      read: { asksFor: ['Bash(git:*)', 'Bash(jq:*)', 'Read'] },
    }),
    specimen('tools-by-commas', {
      head: `${description}\nallowed-tools: Bash(git add:*), Bash(git commit:*), Read, mcp__x__*`,
      read: { asksFor: ['Bash(git add:*)', 'Bash(git commit:*)', 'Read', 'mcp__x__*'] },
    }),
    specimen('tools-in-a-list', {
      head: `${description}\nallowed-tools:\n  - Bash(git:*)\n  - Write`,
      read: { asksFor: ['Bash(git:*)', 'Write'] },
    }),
    specimen('tools-in-brackets', {
      head: `${description}\nallowed-tools: [Read, "Bash(*)"]`,
      read: { asksFor: ['Read', 'Bash(*)'] },
    }),
    specimen('tools-left-empty', {
      head: `${description}\nallowed-tools:`,
      read: { asksFor: [] },
    }),
    specimen('for-people-only', {
      head: `${description}\ndisable-model-invocation: true\nuser-invocable: true`,
      read: { forModels: false, forPeople: true },
    }),
    specimen('for-models-only', {
      head: `${description}\nuser-invocable: false\nmodel: some-model\ncontext: fork`,
      read: { forModels: true, forPeople: false },
    }),
    specimen('with-hint', {
      head: `${description}\nargument-hint: "[message]"\nversion: 1.10`,
      read: { version: '1.10' },
    }),
    specimen('with-licence', {
      head: `${description}\nlicense: Proprietary. LICENSE.txt has complete terms\ncompatibility: Requires git, jq and access to the internet`,
      read: {
        license: 'Proprietary. LICENSE.txt has complete terms',
        compatibility: 'Requires git, jq and access to the internet',
      },
    }),
    specimen('always-applied', {
      head: `${description}\nalwaysApply: true\nglobs: "*.ts"\ntriggers:\n- commit it\n- save it`,
      read: { description: 'Commits what changed' },
    }),
  ];
}

/** What a skill needs, in every form that it is written down in. */
function needs(): readonly Specimen[] {
  const description = 'description: Speaks to a service';
  const none = { programs: [], oneOf: [], env: [], settings: [], systems: [] };
  const gh = { ...none, programs: ['gh'] };
  return [
    specimen('needs-one-line', {
      head: `${description}\nmetadata: {"openclaw":{"emoji":"🐙","requires":{"bins":["gh"]},"install":[{"id":"brew","kind":"brew","formula":"gh","bins":["gh"],"label":"Install (brew)"}]}}`,
      read: { needs: gh },
    }),
    specimen('needs-over-lines', {
      head: `${description}\nmetadata:\n  {\n    "openclaw":\n      {\n        "requires": { "bins": ["gh"], "env": ["GH_TOKEN"], "config": ["browser.enabled"], },\n        "primaryEnv": "GH_TOKEN",\n      },\n  }`,
      read: { needs: { ...gh, env: ['GH_TOKEN'], settings: ['browser.enabled'] } },
    }),
    specimen('needs-as-fields', {
      head: `${description}\nmetadata:\n  author: somebody\n  version: "2.0"\n  openclaw:\n    os: [darwin, linux]\n    requires:\n      anyBins:\n        - claude\n        - codex`,
      read: {
        needs: { ...none, oneOf: ['claude', 'codex'], systems: ['darwin', 'linux'] },
        version: '2.0',
      },
    }),
    specimen('needs-as-text', {
      head: `${description}\nmetadata: '{"openclaw":{"requires":{"bins":["gh"]}}}'`,
      read: { needs: gh },
    }),
    specimen('needs-part-as-text', {
      head: `${description}\nmetadata:\n  openclaw: '{"requires":{"bins":["gh"]}}'`,
      read: { needs: gh },
    }),
    specimen('needs-of-old', {
      head: `${description}\nmetadata: {"clawdbot":{"requires":{"bins":["gh"]}}}`,
      read: { needs: gh },
    }),
    specimen('needs-at-the-top', {
      head: `${description}\nmetadata:\n  requires:\n    bins: [gh]`,
      read: { needs: gh },
    }),
    specimen('needs-whatever-happens', {
      head: `${description}\nmetadata: {"openclaw": {"always": true, "os": ["linux"], "requires": {"bins": ["gh"]}}}`,
      read: { needs: { ...none, systems: ['linux'] } },
    }),
    specimen('needs-and-more', {
      head: `${description}\nmetadata: {"openclaw": {"requires": {"bins": ["gh"], "pip": ["x"]}, "tags": ["a"]}, "author": ["b"]}`,
      read: { needs: gh },
    }),
    specimen('needs-nothing', {
      head: `${description}\nmetadata: {"openclaw": {"emoji": "📦"}}`,
      read: { needs: none },
    }),
    specimen('needs-words-only', {
      head: `${description}\nmetadata:\n  short-description: Speaks`,
      read: { needs: none },
    }),
  ];
}

/** How files were saved. */
function saved(): readonly Specimen[] {
  const made = specimen('saved', {
    head: 'description: Saved somewhere else\nlicense: MIT',
    read: { description: 'Saved somewhere else', license: 'MIT' },
  });
  const as = (folder: string, change: (text: string) => string, note: RegExp): Specimen => ({
    folder,
    note,
    files: {
      'SKILL.md': change((made.files['SKILL.md'] ?? '').replace('name: saved', `name: ${folder}`)),
    },
    read: { ...made.read, name: folder },
  });
  return [
    as('byte-order-mark', (text) => `\uFEFF${text}`, /SKILL\.md:1: .*byte order mark/),
    as('windows-lines', (text) => text.replaceAll('\n', '\r\n'), /SKILL\.md:1: .*CRLF/),
    as('empty-first-line', (text) => `\n${text}`, /SKILL\.md:1: .*empty lines/),
    as('ends-with-dots', (text) => text.replace('MIT\n---', 'MIT\n...'), /^$/),
    as('blanks-after-marks', (text) => text.replace(/^---$/gm, '---  '), /^$/),
  ];
}

/** Faults that most readers forgive. */
function faulty(): readonly Specimen[] {
  return [
    specimen('colon-in-text', {
      head: 'description: Set it up: install the tool. Trigger on: update it',
      read: { description: 'Set it up: install the tool. Trigger on: update it' },
      note: /SKILL\.md:3: .*quotes/,
    }),
    specimen('two-brackets', {
      head: 'description: Takes two words\nargument-hint: [one] [two]',
      read: { description: 'Takes two words' },
      note: /SKILL\.md:4: .*quotes/,
    }),
    specimen('text-after-quotes', {
      head: 'description: "Fast" and simple\nlicense: MIT',
      read: { description: '"Fast" and simple', license: 'MIT' },
      note: /SKILL\.md:3: /,
    }),
    specimen('versioned-1.1.4', {
      head: 'description: Named after a version',
      name: 'versioned',
      read: { name: 'versioned-1-1-4' },
      note: /SKILL\.md:2: it calls itself/,
    }),
    specimen('snake_case', {
      head: 'description: Written with an underscore',
      read: { name: 'snake-case' },
      note: /SKILL\.md:2: a name is/,
    }),
    specimen('Title-Case', {
      head: 'description: Written as a title',
      name: 'Title Case',
      read: { name: 'title-case' },
      note: /SKILL\.md:2: it calls itself/,
    }),
  ];
}
