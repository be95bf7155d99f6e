// What `atom-agent/bridge` offers to other programs.
export type {
  Bridge,
  BridgeEventName,
  BridgeEvents,
  BridgeMetrics,
  BridgeState,
  Metadata,
  SendResult,
  TurnResult,
} from './contract.ts';
export { createBridge } from './create.ts';
export {
  BridgeError,
  ConnectionError,
  type ConnectionTrouble,
  SendError,
  type SendTrouble,
  SessionError,
} from './errors.ts';
export { bridgeFromEnv } from './from-env.ts';
export {
  createMemoryBridge,
  type MemoryBridge,
  type MemoryOptions,
} from './memory/memory-bridge.ts';
export type { ConnectOutcome, MemoryScript, SendOutcome } from './memory/memory-gateway.ts';
export { type Notice, notices } from './notices.ts';
export { type BridgeKey, channels, readSessionKey, sessionTypes } from './session-keys.ts';
export type { BridgeCredential, BridgeOptions, Tuning } from './settings.ts';
