import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
function sizeWords(bytes){return bytes<1e3?`${bytes} ${bytes===1?"byte":"bytes"}`:bytes<1e6?`${Math.round(bytes/1e3)} kB`:bytes<1e9?`${tenths(bytes/1e6)} MB`:`${tenths(bytes/1e9)} GB`}var tenths=value=>value<10?value.toFixed(1).replace(".0",""):String(Math.round(value));export{sizeWords};
