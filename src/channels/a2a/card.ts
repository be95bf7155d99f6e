/** What anybody may know of us. */
export interface CardWords {
  readonly name: string;
  readonly description: string;
  /** Names of the agents that may be spoken to. */
  readonly agents: readonly string[];
}

export const CARD_PATH = '/.well-known/agent-card.json';
export const RPC_PATH = '/hooks/a2a';
/** The version of the protocol that we speak: a2a-protocol.org/v1.0.0/specification. */
export const A2A_VERSION = '1.0';

/** The agent card, for the address that it was asked for at. Holds what the owner wrote for it, and no more. */
export function agentCard({ name, description, agents }: CardWords, url: string) {
  return {
    name,
    description,
    // Of the card, not of the program: which one that is, is nobody's business.
    version: '1',
    supportedInterfaces: [
      { url: rpcUrl(url), protocolBinding: 'JSONRPC', protocolVersion: A2A_VERSION },
    ],
    capabilities: { streaming: false, pushNotifications: false, extendedAgentCard: false },
    securitySchemes: { token: { httpAuthSecurityScheme: { scheme: 'bearer' } } },
    securityRequirements: [{ schemes: { token: { list: [] } } }],
    defaultInputModes: ['text/plain'],
    defaultOutputModes: ['text/plain'],
    skills: agents.map((agent) => ({
      id: agent,
      name: agent,
      description: `Talk with ${agent}.`,
      tags: ['chat'],
    })),
  };
}

/** Beside the card, below the same address. */
function rpcUrl(url: string): string {
  const [asked = ''] = url.split('?', 1);
  const path = [CARD_PATH, RPC_PATH].find((one) => asked.endsWith(one)) ?? '';
  return `${asked.slice(0, asked.length - path.length)}${RPC_PATH}`;
}
