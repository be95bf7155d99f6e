import { createActions } from './assembly/actions.ts';
import { createAgents } from './assembly/agents.ts';
import { agreedJails } from './assembly/agreed-jails.ts';
import { startAlerts } from './assembly/alerts.ts';
import { createChannels } from './assembly/channels.ts';
import { createCheckpointNews } from './assembly/checkpoint-news.ts';
import { createOutgoing } from './assembly/delivery.ts';
import { createPairDoor } from './assembly/devices/chat.ts';
import { createDevices } from './assembly/devices/devices.ts';
import { createIdentify } from './assembly/devices/identifying.ts';
import { createDoubts } from './assembly/doubts/doubts.ts';
import { createErrands } from './assembly/errands.ts';
import type { Atom } from './assembly/everybody.ts';
import { createFeedDesk } from './assembly/feed-desk.ts';
import { createGates } from './assembly/gates.ts';
import { createResume, endingWith } from './assembly/halt.ts';
import { createHaltTalk } from './assembly/halt-door.ts';
import { createIntake } from './assembly/intake.ts';
import { createJails, findJail } from './assembly/jail.ts';
import { createJobs } from './assembly/jobs.ts';
import { lateMind } from './assembly/late-mind.ts';
import { teaching } from './assembly/lessons.ts';
import { lifeOf } from './assembly/life.ts';
import { limitsFor, usageLine, usageOf } from './assembly/limits.ts';
import { openLiveRuns } from './assembly/live-runs.ts';
import { createLookups } from './assembly/lookups.ts';
import { createMcp } from './assembly/mcp.ts';
import { createMemory } from './assembly/memory.ts';
import { createModelDesk } from './assembly/model-desk.ts';
import { startNews } from './assembly/news.ts';
import { createOwnChannels } from './assembly/own-channels.ts';
import { performFor } from './assembly/own-words.ts';
import { createOwnerActs } from './assembly/owner-acts.ts';
import { createOwnerUndo } from './assembly/owner-undo.ts';
import type { AtomOptions } from './assembly/parts.ts';
import { createPeopleDesk } from './assembly/people-desk.ts';
import { openRecords } from './assembly/record.ts';
import { createTraining } from './assembly/replay.ts';
import { createSkills } from './assembly/skills.ts';
import { createStand } from './assembly/stand.ts';
import { createTalkDoor } from './assembly/talk-door.ts';
import { createTelling } from './assembly/telling.ts';
import { createTrust } from './assembly/trust.ts';
import { countingUndo, openUndo, taintingUndo, undoGate } from './assembly/undo.ts';
import { createWitness } from './assembly/witness.ts';
import { editionFacts } from './config/edition.ts';
import type { Perform } from './domain/action.ts';
import { createGovernor } from './governance/governor.ts';
import { openHalt } from './governance/halt/halt.ts';
import { createResumeAction } from './governance/halt/resume-action.ts';
import type { UsageStatus } from './protocol/status.ts';
import { createRunning } from './sessions/running.ts';
import { createSessionForget } from './talks/forget.ts';
import { createSenderAdmit } from './trust/sender-admit.ts';
import { createUndoForget } from './undo/forget-action.ts';

export type { Atom } from './assembly/everybody.ts';
export type { AtomOptions } from './assembly/parts.ts';

/** Opens everybody and introduces them. Nothing is received or sent before `start`. */
export async function createAtom(options: AtomOptions): Promise<Atom> {
  const { clock, config, log } = options;
  // Asked while the store opens.
  const mechanism = findJail();
  const records = await openRecords(options);
  const { store, audit, approvals, boot, bus } = records;
  const trust = await createTrust(options, records);
  const jails = await createJails(options, await agreedJails(options, records), mechanism);
  const skills = createSkills(options, records, jails);
  const mcp = createMcp(options, records, jails);
  const ownChannels = createOwnChannels(options, records, jails);
  const channels = await createChannels(options, { records, jails, own: ownChannels });
  const agents = createAgents(options, records);
  const undo = countingUndo(
    taintingUndo(await openUndo(options, records, jails), records),
    agents,
    log.part('undo'),
  );
  const running = createRunning();
  const halt = await openHalt({ store, audit, approvals, bus, clock, stopTurns: running.stopAll });
  const limits = limitsFor(options, records);
  const acts = teaching(bus, [
    ...trust.actions,
    skills.trust,
    ownChannels.trust,
    ...mcp.acts,
    agents.promotion(records.factor.enrolled),
    createResumeAction(halt),
    createUndoForget(undo),
    createSessionForget({ store, clock, runs: (key) => running.keys().includes(key) }),
    createSenderAdmit({ ...records, mostPeople: editionFacts[config.edition].people }),
  ]);
  const jobs = createJobs(options, { records, channels, agents });
  const memory = createMemory(options, records);
  const errands = createErrands(options, { records, running, performAs: (id) => performAs(id) });
  const live = openLiveRuns(options, { records, channels, performAs: (id) => performAs(id) });
  const lasting = createGovernor({
    store,
    audit,
    approvals,
    boot,
    clock,
    ...createLookups(store, config, {
      ...jails,
      people: records.people,
      users: records.users,
      conversations: records.conversations,
      log: log.part('governor'),
    }),
    ...createGates({ ...records, ...trust, ...agents, halt, limits, undo: undoGate(undo) }),
    actions: createActions(options, {
      records,
      jails,
      skills,
      mcp,
      channels,
      acts,
      undo,
      live,
      jobs,
      memory,
      errands,
      performAs: (principal) => governor.performAs(principal),
    }),
    log: log.part('governor'),
  });
  const governor = endingWith(halt, lasting);
  const performAs = (id: string): Perform => governor.performAs({ kind: 'agent', id });
  const asSystem = governor.performAs({ kind: 'system', id: 'atom' });
  const performAsSystem = performFor(options.paths.profile, asSystem);
  const performAsOwner = governor.performAs({ kind: 'owner', id: 'owner' });
  const ownerUndo = createOwnerUndo({ records, undo, performAsOwner });
  const ownerAct = createOwnerActs(records, performAsOwner);
  const stand = createStand(records, ownerAct);
  const devices = createDevices(options, {
    records,
    channels,
    trust,
    ownerAct,
    performAsSystem,
    running,
    identify: createIdentify(options, records, jails.outside),
  });
  const resume = createResume({ halt, ownerAct, secondFactor: records.factor.enrolled });
  const usage = (): Promise<UsageStatus> => usageOf(options, limits);
  const telling = createTelling(options, { records, jails, channels });
  const mind = lateMind(options, {
    records,
    jails,
    skills,
    mcp,
    agents,
    channels,
    performAs,
    live,
    memory,
    telling,
    errands,
  });
  const alerts = await startAlerts(options, records);
  const outgoing = createOutgoing(options, records, {
    ...channels,
    get: (name) => channels.get(name) ?? alerts.channel(name),
  });
  const doubts = createDoubts(options, { records, channels, performAs, performAsOwner });
  const intake = createIntake(options, {
    records,
    channels,
    running,
    agents,
    errands,
    performAs,
    performAsSystem,
    stand,
    halt,
    undo: ownerUndo,
    doubts,
    talks: createTalkDoor(options, { records, running, agents, skills }),
    pair: createPairDoor(options, { devices, records, channels, media: outgoing.media }),
    halts: createHaltTalk(options, {
      records,
      channels,
      halt,
      resume,
      running,
      usage: async () => usageLine(await usage()),
    }),
    turn: mind.run,
  });
  const witness = createWitness(options, {
    records,
    onSigned: createCheckpointNews(options, { records, channels, performAsSystem }),
  });
  const news = startNews(options, { records, channels, skills, performAsSystem });
  return {
    options,
    records,
    jails,
    skills,
    mcp,
    channels,
    ownChannels,
    running,
    ownerAct,
    agents,
    trust,
    stand,
    devices,
    undo: ownerUndo,
    halt,
    resume,
    usage,
    witness,
    jobs,
    memory,
    doubts,
    people: createPeopleDesk({ records, running, ownerAct }),
    notices: news.notices,
    feed: createFeedDesk({ records, performAsOwner }),
    models: createModelDesk(options, { records, agents, performAsOwner }),
    training: createTraining(options, { records, halted: halt.why, performAsOwner }),
    accept: intake.accept,
    ...lifeOf(options, {
      records,
      jails,
      skills,
      mcp,
      channels,
      running,
      jobs,
      devices,
      witness,
      intake,
      outgoing,
      telling,
      news,
      alerts,
      performAsSystem,
    }),
  };
}
