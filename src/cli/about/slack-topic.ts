/** What `atom help slack` says. */
export const slackTopic = `SLACK
An app of your own in a workspace. At api.slack.com/apps: Create New App, From a manifest, and paste:

  display_information: { name: atom }
  features:
    bot_user: { display_name: atom }
    app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: false }
    slash_commands: [{ command: /atom, description: Talk to atom }]
  oauth_config:
    scopes: { bot: [app_mentions:read, channels:history, groups:history, im:history, im:write,
      chat:write, commands, files:read, files:write] }
  settings:
    socket_mode_enabled: true
    interactivity: { is_enabled: true }
    event_subscriptions: { bot_events: [app_mention, message.im, message.channels, message.groups] }

Install it to the workspace (OAuth: the token xoxb-…), and make an app-level token with the scope
connections:write (Basic Information: the token xapp-…). Then:
  atom channels add slack --allow U012AB3CD       asks for both, tries them, and stores them
  atom pair slack                                 makes you known by a code, where --allow names nobody

atom opens the connection itself, so that nothing has to reach this machine. With --set mode=webhook Slack
posts to it instead (atom help webhooks); then it asks for the signing secret in the place of xapp-….

In channels atom hears what mentions it, and then the thread that this began: each thread is a conversation
of its own. Anything else said there is not kept. What Slack keeps to itself because it begins with a slash
is said as /atom stop, /atom new, /atom status, /atom panic, /atom link CODE. A card that needs its code, or
the six digits, opens a form for them.

People of another workspace, in a channel that is shared by Slack Connect or within an organization, are
known with their workspace: U012AB3CD@T012AB3CD, also for --allow. An answer of more than 4,000 characters
comes as a snippet. Slack keeps no press for an app that is away: once it is back, atom says which cards wait.`;
