/** What `atom help` says of single channels. */
export const channelTopics = {
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
A card is answered Y k7p2 or N k7p2. A phone number can be taken over by whoever talks to its carrier, so
that only low and medium risks are approved by SMS; the rest is decided in the terminal or another chat.
STOP and START are Twilio's own words: after STOP nothing is sent until START. Nothing can be edited.`,
} as const;
