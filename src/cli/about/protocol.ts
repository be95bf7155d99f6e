import { protocolReference, type Reference, type Schema } from '../../protocol/reference.ts';
import type { Cli } from '../cli.ts';

/** What `atom help protocol` says: made from the schemas that the gateway checks with. */
export function showProtocol({ out }: Cli): void {
  const reference = protocolReference();
  if (out.json) out.object({ ...reference });
  else out.data(protocolText(reference));
}

function protocolText({ protocol, methods, events, errors, closeCodes }: Reference): string {
  return [
    `PROTOCOL ${protocol}`,
    INTRODUCTION,
    'METHODS   name, scope, parameters (those in brackets may be left out)',
    ...methods.map(
      ({ name, scope, params }) => `  ${name.padEnd(22)} ${scope.padEnd(8)} ${parameters(params)}`,
    ),
    '',
    'EVENTS   kind, scope',
    ...events.map(({ kind, scope, words }) => `  ${kind.padEnd(22)} ${scope.padEnd(8)} ${words}`),
    '',
    `ERRORS   ${errors.join(', ')}`,
    '  With "retryMs", too much was asked for at once: nothing was done, ask again after that.',
    '',
    `CLOSE CODES   ${Object.entries(closeCodes)
      .map(([name, code]) => `${code} ${name}`)
      .join(', ')}`,
  ].join('\n');
}

const INTRODUCTION = `
Frames are JSON: one a line on the profile's own socket, one a message of text on a WebSocket.

  ->  {"type":"req","id":"1","method":"status","params":{},"key":"…"}
  <-  {"type":"res","id":"1","ok":true,"payload":{…}}
  <-  {"type":"res","id":"1","ok":false,"error":{"code":"…","message":"…","next":["…"]}}
  <-  {"type":"event","seq":42,"event":{"kind":"…"}}

The first frame is connect. Over the network the gateway speaks first (connect.challenge), and connect
brings "auth": the token of a program, or the key of a device and its signature (Ed25519) over

  atom-client-v1 LF challenge LF nonce LF gateway's public key LF client's public key

The answer brings "proof", the gateway's signature over the same behind atom-gateway-v1.

"since":{"boot","seq"} in connect brings the events that were missed, before new ones; "gap":true says
that not all of them are kept. The same "key" with the same method is done once: within ten minutes a
repeat gets the first answer. The key of chat.send is kept for as long as the message.

Limits over the network: 1 MiB a message (16 KiB before connect is answered, which has 10 s), 64
requests at once, 50 a second after 200. The whole of it as JSON Schema: atom help protocol --json
`;

const parameters = ({ properties = {}, required = [] }: Schema): string =>
  Object.entries(properties)
    .map(([name, schema]) => {
      const text = `${name}: ${typeWords(schema)}`;
      return required.includes(name) ? text : `[${text}]`;
    })
    .join(', ') || 'none';

function typeWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const choices = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (choices) return choices.map(typeWords).join(' | ');
  if (schema.type === 'array') return `${typeWords((schema.items ?? {}) as Schema)}[]`;
  if (schema.type === 'object') return `{ ${parameters(schema)} }`;
  return schema.type ?? 'any';
}
