/** What `atom help` says of single channels. */
export const channelTopics = {
  'own-channels': `CHANNELS OF YOUR OWN
A folder with a channel.ts in “channels” beside your settings, such as channels/hub/channel.ts, that exports
channel = defineChannel({…}). docs/channels.md has one of thirty lines and all that belongs to it.
  atom channels add hub            shows what it may do, asks, and asks for its secrets
  atom channels add hub --allow dana --set url=…      who may write; what it is handed as settings
  atom channels reopen hub         after its files changed and you added it again
  atom channels test hub           sends you a word and waits for yours
  atom channels remove hub         forgets the approval, the settings and the secrets; the folder stays

Everywhere else it is called own-hub. It runs in a jail without files and reaches only what it names. Senders
are let in by --allow or by the code that strangers get (atom senders approve). Only low and medium risks are
approved there: reply with the number and the code of the card.`,
  discord: `DISCORD
A bot of your own, over Discord's gateway: nothing has to reach this machine. At
discord.com/developers/applications: New Application, Bot, Reset Token. Then:
  atom channels add discord        installs its library once you agree, asks for the token, tries it, and
                                   prints the link that invites the bot to a server of yours
  atom pair discord                makes you known by a code
  atom channels test discord       sends you a word and waits for yours

atom hears direct chats, and in servers what mentions it, answers it or comes as a command (/atom, /stop,
/new, /status, …); each thread is a conversation of its own. No privileged intent is needed for that:
--set messageContent=true asks for the words of other messages too, and then “Message Content Intent” has
to be turned on, under Bot, or Discord refuses the bot (4014).

Cards have buttons; “Approve…” opens a form for a code or the six digits. Discord is told that a press or a
command arrived once it is stored. It keeps none for a bot that is away: once it is back, atom says which
cards wait. Messages are fetched or sent again. Long answers stand in an embed, longer ones in a file.
Alerts go to a webhook of a channel:   atom help alerts`,
  sms: `SMS
By an account at Twilio: what comes in is posted to this machine, what goes out is paid for by the piece.
  atom config set webhooks.publicUrl https://atom.example.com      where Twilio reaches this machine
  atom channels add sms --allow 4915112345678 --set accountSid=AC… --set from=15550001111
It asks for the account's auth token, tries it, and says which address to enter at Twilio for incoming
messages. With a messaging service: --set messagingService=MG… instead of from.
  atom pair sms                    a code that opens as a message on the phone
  atom doctor                      what is missing

A reply longer than three segments (459 letters; 201 where a sign is not of the phone alphabet) is cut,
and ends with the code to read it whole:   atom outbox show <code>
What a text message says of its sender is easily forged: its words count as anybody's, and what they lead
to is asked about. A card is answered Y k7p2 or N k7p2, with a code that only the real phone was sent.
/stop, /panic and /status are taken, since stopping harms nobody and the answer goes to the real phone;
/new, /undo, /agent, /resume and /pair are not. A number can be taken over by whoever talks to its carrier,
so that only low and medium risks are approved by SMS; the rest is decided in the terminal or another chat.
STOP and START are Twilio's own words: after STOP nothing is sent until START. Nothing can be edited.`,
  'whatsapp-cloud': `WHATSAPP CLOUD
A number of its own at Meta, by WhatsApp's Cloud API: official, by webhook, some of it paid for. It needs an
app at developers.facebook.com with WhatsApp added, a token of a system user with the permission
whatsapp_business_messaging, the app's secret, and an address that Meta reaches:
  atom config set webhooks.publicUrl https://atom.example.com
  atom channels add whatsapp-cloud --allow 4915112345678 --set phoneNumberId=100000000000000
It asks for the token and the secret, tries the token, and says what to enter at Meta: the callback URL
and the word that Meta shows there. Subscribe to messages.
  atom pair whatsapp-cloud         a wa.me link that holds the words to send
  atom doctor                      what is missing

WhatsApp lets a number write freely only to whoever wrote within the last 24 hours; after that it takes
templates alone, and atom has none. What is refused for it says so (131047): write to it from the phone, and
what comes next arrives. Approvals that must reach you at any hour belong on another channel as well. To one
number it takes a message every six seconds (131056); what is quicker waits.
A card has up to three buttons, or a list of up to ten behind one; what is high is answered ok k7p2, and
what needs the second factor is decided at the terminal. Nothing that was sent can be edited. What came in is marked as read.`,
} as const;
