import type { SkillTest } from 'atom-agent';

const url = 'https://example.org/a';
const page = `<head><title>A &amp; B</title><style>p { color: red }</style></head>
  <body><!-- a note --><h1>Hello</h1><p>One   two<script>alert('<p>no</p>')</script></p>
  <ul><li>first</li><li>&#x2764; second</li></ul></body>`;

export const tests: readonly SkillTest[] = [
  {
    name: 'reads what a reader sees',
    input: { url },
    answers: { [`fetch ${url}`]: { status: 200, headers: {}, text: page } },
    gives: { title: 'A & B', text: 'A & B\n\nHello\nOne two\n- first\n- ❤ second' },
  },
  {
    name: 'says what went wrong',
    input: { url },
    answers: { [`fetch ${url}`]: { status: 404, headers: {}, text: '' } },
    fails: 'example.org answered 404',
  },
  {
    name: 'reads no page of another host',
    input: { url: 'https://evil.example.com/' },
    fails: 'may not speak to evil.example.com',
  },
  {
    name: 'speaks https alone',
    input: { url: 'http://example.org/' },
    fails: 'The input is wrong',
  },
];
