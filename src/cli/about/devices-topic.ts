/** What `atom help devices` says. */
export const devicesTopic = `DEVICES
A phone or another machine speaks to the gateway with a key of its own, a program with a token. Until
you let the first one in, nothing listens beyond this machine's own socket.

  atom devices pair                a setup code: scan it, or paste it into the device
  atom devices                     who holds a key, when each was seen last, and who waits
  atom devices rename d2 kitchen
  atom devices rotate d2           its key is void at once; it fetches another with its own key
  atom devices revoke d2           it is cut off, and what it asked for is denied
  atom devices add backups         a token for a program, shown once

A setup code works once and for three minutes (--seconds, 300 at most); there is only ever one, and five
wrong tries burn it. The device then shows six digits: say yes only where they are the ones that you
see. The same question is a card in your chats. In a chat of yours: /pair qr, /pair, and
/pair approve ab12 (with the six digits of your authenticator behind it, where you have a second factor).

What it may do is said with --scopes: read, chat, approve (answer cards), operate (stop, pause, go on).
A device may bring a token that says which user's it is (atom help users). One that wants more later has you asked again. None of them lets another in, or changes a setting.
A QR code is shown only where a phone gets to the address: set gateway.publicUrl, or give --url.`;
