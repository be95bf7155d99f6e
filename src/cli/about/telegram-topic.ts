/** What `atom help telegram` says. */
export const telegramTopic = `TELEGRAM
A bot of your own, from @BotFather.

  atom channels add telegram --allow 5012233        takes the bot's token; the number is your own id
  atom pair telegram                                or makes your phone known by a link
  atom config set channels.telegram.mode webhook    Telegram brings messages; needs webhooks.publicUrl
  atom config set channels.telegram.mode polling    atom asks for them (as without a setting)

By webhook Telegram says a secret along that atom made and keeps; what does not is refused. Going back
to polling takes the webhook away. Where another program asks for the bot's messages, or another address
gets them, atom status says so: one bot serves one program.

In groups atom hears what names it (@your_bot …), answers it, or is a command to it: all that
a bot with its privacy on is told anyway. Each topic of a forum is a conversation of its own.

Files: 20 MB at most come in, 50 MB go out, pictures up to 10 MB. Menus offer the commands that need no
further words.`;
