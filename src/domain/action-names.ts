/** Every action that atom has: a rule about any other would never hold. */
export const actionNames: readonly string[] = [
  'shell.exec',
  'file.read',
  'file.list',
  'file.write',
  'skill.call',
  'llm.complete',
  'message.reply',
  'feed.post',
  'undo.restore',
  'quarantine.restore',
  'undo.forget',
  'rules.loosen',
  'standing.give',
  'files.trust',
  'agent.promote',
  'halt.resume',
];
