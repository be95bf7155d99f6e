import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
import"./chunk-HXZU73PK.js";function createTerminal({publish},facts){return{facts,open:hooks=>hooks.health({state:"ready",identity:facts.transport}),async send(message){return publish(message),{externalId:message.edits??message.id}},close:async()=>{}}}export{createTerminal};
