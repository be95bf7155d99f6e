import type { Raise } from './command-rule.ts';

/** What destroys something behind a server, in the words of most tools. Not anchored: `delete-bucket`, `kv:del`. */
export const destroys: Raise = {
  words:
    /(^|[-_:./\s])(delete|del|destroy|remove|rm|rb|rmi|purge|prune|drop|truncate|wipe|flush|flushall|flushdb|reset|revoke|disable|detach|terminate|cancel|stop|kill|drain|evict|uninstall|unregister|deregister|unsubscribe|unlink|rollback|forget|expire|compact|archive|down|cordon|taint|seal|rekey|undelete|shutdown|reboot|force|rotate|rdelete)([-_:./\s]|$)/i,
  to: 'beyond',
  why: 'deletes or stops something on a server, which no undo here brings back',
};
/** What speaks of secrets. */
export const secrets: Raise = {
  words: /secret|password|credential|token|access-key|get-login|private-key|kubeconfig/i,
  to: 'beyond',
  why: 'asks for secrets, or changes them',
};
/** What changes who may do what. */
export const grants: Raise = {
  words:
    /(^|[-_:])(iam|role|policy|grant|permission|acl|user|group|binding|auth|login|logout|attach|authorize|invite|share|add-member)/i,
  to: 'beyond',
  why: 'changes who may do what on a server',
};
