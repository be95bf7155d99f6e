import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
var refused=reason=>({ok:!1,status:401,reason}),GENUINE={ok:!0},NO_MATCH="the signature does not match";export{refused,GENUINE,NO_MATCH};
