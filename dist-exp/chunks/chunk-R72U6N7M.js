import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);
import{capped}from"./chunk-J326HR7H.js";var MOST_BEGINNING=500;function longText({text,format}){let[name,type]=format==="markdown"?["answer.md","text/markdown"]:["answer.txt","text/plain"],start=capped(text,MOST_BEGINNING),end=Math.max(start.lastIndexOf(`
`),start.lastIndexOf(" "));return{beginning:`${(end>MOST_BEGINNING/2?start.slice(0,end):start).trim()} \u2026

The whole is in ${name}.`,file:{name,type,bytes:Buffer.from(text,"utf8")}}}export{longText};
