import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
var a2aFacts={name:"a2a",label:"A2A",transport:"JSON-RPC",threads:!0,buttons:!1,edits:!1,media:{},silentMs:Number.POSITIVE_INFINITY,idempotentSend:!0,bringsAgain:!0,maxLength:Number.MAX_SAFE_INTEGER,rate:{}};export{a2aFacts};
